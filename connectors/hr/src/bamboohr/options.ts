import type { BambooHrClient } from "./bamboohr-client.ts";
import { GROUP_SLUGS, type GroupSlug, type ListOption } from "./bamboohr-models.ts";

/** The options of departments, divisions and locations; a list that the key does not see is absent. */
export type Options = Readonly<Partial<Record<GroupSlug, readonly ListOption[]>>>;

export async function readOptions(client: BambooHrClient): Promise<Options> {
  const lists = await client.lists();
  const entries = GROUP_SLUGS.map((slug) => [slug, lists.find(({ alias }) => alias === slug)?.options]);
  return Object.fromEntries(entries.filter(([, options]) => Array.isArray(options))) as Options;
}

export const isArchived = ({ archived }: ListOption) => archived === "yes";

/**
 * The option that a value names. An archived one is what somebody still has; where a current one has the same name, that
 * is meant. `undefined` where there is none, or where it can't be told which.
 */
export function findOption(options: Options, slug: GroupSlug, name: string): ListOption | undefined {
  const named = (options[slug] ?? []).filter((option) => option.name === name);
  const current = named.filter((option) => !isArchived(option));
  const candidates = current.length > 0 ? current : named;
  return candidates.length === 1 ? candidates[0] : undefined;
}
