// What the Bridge adds to a record, and what only says how it was pushed.
const NOT_CONTENT = new Set(["removed_at", "stub", "continues", "unknown_refs"]);
const REF_FIELDS = new Set(["memberships", "assignments"]);

interface Ref {
  id: string;
}

/**
 * A record as a text that is the same for the same content, whatever order its fields and refs have. An account without
 * a status is active, and a list of refs that is empty is the same as none.
 */
export function contentOf(record: object): string {
  const fields = Object.entries({ status: "active", ...record })
    .filter(([name]) => !NOT_CONTENT.has(name))
    .map(([name, value]): [string, unknown] => [name, REF_FIELDS.has(name) ? canonicalRefs(value) : value]);
  return JSON.stringify(Object.fromEntries(fields), (_key, value: unknown) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(byName));
  });
}

/** The same without what an account refers to, for one of which not all of that is known. */
export function contentWithoutRefs(record: object): string {
  const fields = Object.entries(record).filter(([name]) => !REF_FIELDS.has(name));
  return `without refs ${contentOf(Object.fromEntries(fields))}`;
}

/** Each ref once, by id; `undefined` where there is none. */
function canonicalRefs(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const lists = Object.entries(value as Record<string, readonly Ref[] | undefined>).flatMap(([slug, refs = []]) => {
    if (refs.length === 0) return [];
    const byId = new Map<string, Ref>();
    for (const ref of refs) if (!byId.has(ref.id)) byId.set(ref.id, ref);
    return [[slug, [...byId].sort(byName).map(([, ref]) => ref)] as const];
  });
  return lists.length > 0 ? Object.fromEntries(lists) : undefined;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
