import type { Fault } from "./find-fault.ts";

/** What the protocol allows in one record for each slug. */
const MAX_REFS = 100;

const REF_FIELDS = ["memberships", "assignments"] as const;

/**
 * Tells a record that has more refs than one record may in several, all but the first with `continues`. Where the
 * Bridge does not take continued records it is a fault: cutting the refs of an account would read as losing the rest
 * of its access.
 */
export function splitRefs(record: unknown, canContinue: boolean): readonly unknown[] | Fault {
  const longest = findLongest(record);
  const isContinued = (record as { continues?: unknown } | null)?.continues === true;
  if (!canContinue && (longest || isContinued)) {
    const refs = longest ? `has ${longest.count} refs, and the protocol takes ${MAX_REFS}` : "is true";
    const reason =
      `${refs}; this Bridge does not take an account in several records. Nothing is cut off: leave out groups that ` +
      `grant nothing, or split the type into several`;
    return { path: longest ? [longest.field, longest.slug] : ["continues"], reason, value: undefined };
  }
  if (!longest) return [record];
  return Array.from({ length: Math.ceil(longest.count / MAX_REFS) }, (_, part) => slice(record as object, part));
}

function findLongest(record: unknown): { field: string; slug: string; count: number } | undefined {
  if (typeof record !== "object" || record === null) return undefined;
  let longest: { field: string; slug: string; count: number } | undefined;
  for (const field of REF_FIELDS) {
    const refs = (record as Record<string, Record<string, unknown> | undefined>)[field];
    for (const slug in refs) {
      const list = refs[slug];
      if (Array.isArray(list) && list.length > Math.max(MAX_REFS, longest?.count ?? 0))
        longest = { field, slug, count: list.length };
    }
  }
  return longest;
}

function slice(record: object, part: number): object {
  const piece: Record<string, unknown> = { ...record };
  for (const field of REF_FIELDS) {
    const refs = piece[field];
    if (typeof refs !== "object" || refs === null) continue;
    const lists = Object.entries(refs).map(([slug, list]): [string, unknown] => [
      slug,
      Array.isArray(list) ? list.slice(part * MAX_REFS, (part + 1) * MAX_REFS) : list,
    ]);
    piece[field] = Object.fromEntries(
      part === 0 ? lists : lists.filter(([, list]) => Array.isArray(list) && list.length > 0),
    );
  }
  return part === 0 ? piece : { ...piece, continues: true };
}
