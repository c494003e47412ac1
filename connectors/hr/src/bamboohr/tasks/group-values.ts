import { TaskError, type Ref, type RefChange } from "@bridgekit/core";
import { GROUP_SLUGS, type GroupSlug } from "../bamboohr-models.ts";
import { isArchived, type Options } from "../options.ts";
import { rejectUnknownTypes } from "../../reject-unknown-types.ts";

/** What a task says of departments, divisions and locations; fails where it speaks of anything else. */
export function readChanges<Change>(given: Record<string, Change | undefined>): [GroupSlug, Change][] {
  const { department, division, location, ...unknown } = given;
  rejectUnknownTypes(unknown, { system: "BambooHR", has: "a department, a division and a location" });
  const known = { department, division, location };
  return GROUP_SLUGS.flatMap((slug) => (known[slug] === undefined ? [] : [[slug, known[slug]]]));
}

/** The one id that a change leaves; `null` for none, `undefined` where it leaves what there is. */
export function toSingleId(
  slug: GroupSlug,
  current: string | null,
  { added = [], removed = [] }: RefChange,
): string | null | undefined {
  const wanted = new Set(added.map(({ id }) => id));
  if (wanted.size > 1)
    throw new TaskError(
      "INTERNAL_ERROR",
      `An employee has one ${slug} in BambooHR, and the task gives ${wanted.size}: ${added.map(describe).join(", ")}.`,
    );
  const [id] = wanted;
  if (id !== undefined) return id === current ? undefined : id;
  return current !== null && removed.some((ref) => ref.id === current) ? null : undefined;
}

/** The name by which BambooHR takes an option. */
export function toOptionName(options: Options, slug: GroupSlug, id: string): string {
  const named = options[slug];
  if (!named) throw new TaskError("PERMISSION_DENIED", `BambooHR does not show the list "${slug}" to the API key.`);
  const option = named.find((candidate) => String(candidate.id) === id);
  if (!option)
    throw new TaskError(
      "INTERNAL_ERROR",
      `BambooHR has no ${slug} with the id "${id}"; the next sync tells those it has.`,
    );
  if (isArchived(option))
    throw new TaskError(
      "INTERNAL_ERROR",
      `The ${slug} "${option.name}" (${id}) is archived in BambooHR; choose another.`,
    );
  const namesakes = named.filter((candidate) => candidate.name === option.name && !isArchived(candidate));
  if (namesakes.length > 1)
    throw new TaskError(
      "INTERNAL_ERROR",
      `BambooHR has ${namesakes.length} options "${option.name}" for ${slug}, and takes them by name only; rename one.`,
    );
  return option.name;
}

function describe({ id, name }: Ref): string {
  return name ? `"${name}" (${id})` : id;
}
