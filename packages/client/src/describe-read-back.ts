import type { RefChange, RefMap, Task } from "./models.ts";

/** How many names a list has at most. */
const MOST_NAMES = 5;

/**
 * What a runner read of the account after the task: `suspended`, `active, has team Design, no longer has team Sales`.
 * Undefined if it read nothing.
 */
export function describeReadBack({ payload, read_back }: Pick<Task, "payload" | "read_back">): string | undefined {
  if (read_back === undefined) return undefined;
  const { exists, status, refs = {}, unknown } = read_back;
  if (unknown !== undefined) return `could not be read: ${unknown}`;
  if (exists === false) return "the account does not exist";
  const found = Object.entries(refs).flatMap(([slug, { added, removed }]) => {
    const wanted = changeOf(payload, slug);
    const given = describe(slug, wanted.added, { all: "has", none: "lacks", some: "has only" }, added);
    const taken = describe(
      slug,
      wanted.removed,
      { all: "still has", none: "no longer has", some: "still has" },
      removed,
    );
    return [given, taken].filter((text) => text !== undefined);
  });
  const words = [...(status === undefined ? [] : [status]), ...found];
  return words.length > 0 ? words.join(", ") : "the account exists";
}

interface Verbs {
  all: string;
  none: string;
  some: string;
}

function describe(slug: string, refs: RefMap[string], { all, none, some }: Verbs, count: number): string | undefined {
  if (refs.length === 0) return undefined;
  if (count > 0 && count < refs.length) return `${some} ${count} of ${refs.length} of ${slug}`;
  const names = refs.slice(0, MOST_NAMES).map(({ id, name }) => name ?? id);
  const more = refs.length > MOST_NAMES ? ` and ${refs.length - MOST_NAMES} more` : "";
  return `${count === 0 ? none : all} ${slug} ${names.join(", ")}${more}`;
}

/** The refs that a task adds and removes; memberships of a new account are added. */
function changeOf({ memberships = {}, changes = {} }: Task["payload"], slug: string): Required<RefChange> {
  const { added = memberships[slug] ?? [], removed = [] } = changes[slug] ?? {};
  return { added, removed };
}
