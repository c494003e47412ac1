import { lazy, TaskError, type Access, type SyncContext } from "@bridgekit/core";
import type { BambooHrClient } from "./bamboohr-client.ts";
import { GROUP_SLUGS, ID_FIELD, type EmploymentRow, type GroupSlug, type ListOption } from "./bamboohr-models.ts";
import type { BambooHrConfig } from "./bamboohr-config.ts";

export type BambooHr = { config: BambooHrConfig; api: BambooHrClient };

/** The options of departments, divisions and locations; a hidden list is absent. */
export type Options = Readonly<Partial<Record<GroupSlug, readonly ListOption[]>>>;

/** Data read once in each run. */
export interface Run extends Pick<SyncContext<BambooHr>, "client" | "logger" | "partial"> {
  options: () => Promise<Options>;
  /** The table of employment statuses, by employee. */
  employment: () => Promise<ReadonlyMap<string, readonly EmploymentRow[]>>;
}

export function openRun({ client, logger, partial }: SyncContext<BambooHr>): Run {
  const { api } = client;
  const readEmployment = async () =>
    Map.groupBy(await api.employmentRows("all"), ({ employeeId }) => String(employeeId));
  return { client, logger, partial, options: lazy(() => readOptions(api)), employment: lazy(readEmployment) };
}

export async function readOptions(api: BambooHrClient): Promise<Options> {
  const lists = await api.lists();
  const entries = GROUP_SLUGS.map((slug) => [slug, lists.find(({ alias }) => alias === slug)?.options]);
  return Object.fromEntries(entries.filter(([, options]) => Array.isArray(options))) as Options;
}

/** Reads the options of a list, including archived ones, which somebody may still have. */
export async function* readGroups({ client: { api }, options, partial }: Run, slug: GroupSlug) {
  const { [slug]: listed } = await options();
  if (!listed)
    return partial(`${api.system} does not return the list "${slug}"; let the user of the API key see that field`);
  for (const { id, name, archived } of listed)
    yield { id: String(id), name, ...(archived === "yes" && { description: "Archived in BambooHR." }) };
}

/**
 * Finds the option with a name: a current one before an archived one. Undefined if there is none, or more than one.
 */
export function findOption(options: Options, slug: GroupSlug, name: string): ListOption | undefined {
  const named = (options[slug] ?? []).filter((option) => option.name === name);
  const current = named.filter(({ archived }) => archived !== "yes");
  const candidates = current.length > 0 ? current : named;
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** An employee with the ids of its groups, without hidden fields. */
type Account = { id: string; values: { [Field in (typeof ID_FIELD)[GroupSlug]]?: string | null } };

/** One write sets all groups of an employee. */
export const groupAccess = (slug: GroupSlug): Access<BambooHr, Account> => ({
  async check({ client: { api } }, { added: [ref] }) {
    if (ref) toOptionName(await readOptions(api), slug, ref.id);
  },
  get({ client: { api } }, { id, values }) {
    const value = values[ID_FIELD[slug]];
    if (value !== undefined) return value;
    throw new TaskError(
      "PERMISSION_DENIED",
      `${api.system} does not show the ${slug} of employee ${id} to the API key.`,
    );
  },
  set: setGroups,
});

async function setGroups({ client: { api } }: { client: BambooHr }, { id }: Account, ids: GroupValues) {
  await api.updateEmployee(id, await toOptionNames(api, ids));
}

type GroupValues = { readonly [slug: string]: string | null | undefined };

/** Returns the names of options, which BambooHR requires for writing. */
export async function toOptionNames(api: BambooHrClient, ids: GroupValues) {
  const options = Object.values(ids).some(Boolean) ? await readOptions(api) : {};
  const names = Object.entries(ids).map(([slug, id]) => [slug, id ? toOptionName(options, slug as GroupSlug, id) : ""]);
  return Object.fromEntries(names) as { [Slug in GroupSlug]?: string };
}

function toOptionName(options: Options, slug: GroupSlug, id: string): string {
  const listed = options[slug];
  if (!listed) throw new TaskError("PERMISSION_DENIED", `BambooHR does not show the list "${slug}" to the API key.`);
  const option = listed.find((candidate) => String(candidate.id) === id);
  const { length } = listed.filter(({ name, archived }) => name === option?.name && archived !== "yes");
  const fault = !option
    ? `BambooHR has no ${slug} with the id "${id}"; the next sync reads those that exist.`
    : option.archived === "yes"
      ? `The ${slug} "${option.name}" (${id}) is archived in BambooHR; choose another one.`
      : `BambooHR has ${length} options "${option.name}" for ${slug}, and accepts only names; rename one.`;
  if (option && option.archived !== "yes" && length === 1) return option.name;
  throw new TaskError("INTERNAL_ERROR", fault);
}
