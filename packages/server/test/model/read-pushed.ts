import { inOrder, REF_FIELDS, type RefMap } from "./refs.ts";
import type { Page, RecordData } from "./state.ts";

/** A record in the pages of a session; a page that was sent again counts at its last position. */
interface PushedPart {
  slug: string;
  record: RecordData;
  ordinal: number;
  /** The first and last position of its page. */
  first: number;
  last: number;
}

/**
 * What the pages contain, by slug and id: the later page wins. Records that continue an earlier one add their refs to
 * it if they came after its first push; if no other record has the id, the first of them is the record.
 */
export function readPushed(pages: readonly Page[]): Record<string, Record<string, RecordData>> {
  const pushed: Record<string, Record<string, RecordData>> = {};
  const all = arrange(pages);
  for (const { slug, record } of all)
    (pushed[slug] ??= {})[record.id] ??= merge(
      all.filter((each) => each.slug === slug && each.record.id === record.id),
    );
  return pushed;
}

/** The records in the order of their pages, each repeated page once, at its first position. */
function arrange(pages: readonly Page[]): PushedPart[] {
  const places = new Map<string, { page: Page; first: number; last: number }>();
  for (const [index, page] of pages.entries()) {
    const name = JSON.stringify([page.slug, page.records.map((record) => toSorted(inOrder(record)))]);
    const place = places.get(name);
    if (place === undefined) places.set(name, { page, first: index, last: index });
    else place.last = index;
  }
  const inTime = [...places.values()].toSorted((one, other) => one.last - other.last);
  return inTime.flatMap(({ page: { slug, records }, first, last }) =>
    records.map((record, ordinal) => ({ slug, record, ordinal, first, last })),
  );
}

function toSorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(toSorted);
  const fields = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(fields.map(([name, field]) => [name, toSorted(field)]));
}

/** One record of all those with its id. */
function merge(pushed: readonly PushedPart[]): RecordData {
  const base = pushed.findLast(({ record }) => record["continues"] !== true) ?? pushed[0]!;
  const parts = pushed.filter(({ record, ordinal, last }) => {
    return record["continues"] === true && (last > base.first || (last === base.first && ordinal > base.ordinal));
  });
  const whole: Record<string, unknown> & { id: string } = { ...base.record };
  if (whole["continues"] === true) delete whole["continues"];
  if (parts.length === 0) return whole;
  const records = [base.record, ...parts.map(({ record }) => record)];
  for (const field of REF_FIELDS) {
    const added = mergeRefs(records.map((record) => (record[field] ?? {}) as RefMap));
    if (Object.keys(added).length > 0) whole[field] = { ...(whole[field] as RefMap | undefined), ...added };
  }
  const unknown = records.flatMap((record) => (record["unknown_refs"] ?? []) as string[]);
  return unknown.length === 0 ? whole : { ...whole, unknown_refs: unknown };
}

/** Duplicate refs count once; a list without any adds nothing. */
function mergeRefs(maps: readonly RefMap[]): RefMap {
  const merged: Record<string, { id: string; name?: string }[]> = {};
  for (const [target, list] of maps.flatMap((map) => Object.entries(map)))
    for (const ref of list)
      if (!(merged[target] ?? []).some(({ id }) => id === ref.id)) (merged[target] ??= []).push(ref);
  return merged;
}
