// What the Bridge adds to a record, and what only says how it was told.
const NOT_CONTENT = new Set(["removed_at", "stub", "continues", "unknown_refs"]);

/**
 * A record as a text that is the same for the same content, whatever order its fields have. An account without a status
 * is active.
 */
export function contentOf(record: object): string {
  return JSON.stringify({ status: "active", ...record }, (key, value: unknown) => {
    if (NOT_CONTENT.has(key)) return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
