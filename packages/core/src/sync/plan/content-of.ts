import type { Kind } from "@bridgekit/client";

// Fields about how an account is pushed.
const NOT_CONTENT = new Set(["continues", "unknown_refs"]);
const REF_FIELDS = new Set(["memberships", "assignments"]);

interface Ref {
  id: string;
}

/**
 * Returns a text that is equal for records of equal content, whatever the order of fields and refs. An account without a
 * status is active, and an empty list of refs equals none. For a group or a license every field counts.
 */
export function contentOf(kind: Kind, record: object): string {
  return kind === "account" ? accountContent(record) : toText(Object.entries(record));
}

/** The same for an account without its refs, if some of them are unknown. */
export function contentWithoutRefs(account: object): string {
  const fields = Object.entries(account).filter(([name]) => !REF_FIELDS.has(name));
  return `without refs ${accountContent(Object.fromEntries(fields))}`;
}

function accountContent(account: object): string {
  const fields = Object.entries({ status: "active", ...account })
    .filter(([name]) => !NOT_CONTENT.has(name))
    .map(([name, value]): [string, unknown] => [name, REF_FIELDS.has(name) ? canonicalRefs(value) : value]);
  return toText(fields);
}

function toText(fields: [string, unknown][]): string {
  return JSON.stringify(Object.fromEntries(fields), (_key, value: unknown) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(byName));
  });
}

/** Each ref once, sorted by id; undefined if there are none. */
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
