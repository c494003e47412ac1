import type { AccountRecord, PushedRecord, RecordStatus } from "@bridgekit/client";

/** Everything that a product has, by resource type: what a complete read yields. */
export type Truth = Readonly<Record<string, readonly TrueRecord[]>>;

/** What must be read of a record; names and addresses are not compared. */
export interface TrueRecord {
  id: string;
  /** Of an account: the status of its record. Omit it if the connector's records have none. */
  status?: RecordStatus;
  /** Of an account: the ids of its groups and licenses, by slug, in any order. A missing slug means none. */
  refs?: Readonly<Record<string, readonly string[]>>;
}

/** What a read must have at least and may have at most; the same if nothing changed meanwhile. */
export interface Bounds {
  least: Truth;
  most: Truth;
}

/** Records by the slug of their resource type, in the order read. */
export type RecordsBySlug = Readonly<Record<string, readonly PushedRecord[]>>;

/** Describes the first difference between records and truth; undefined if they agree. */
export function findDifference(records: RecordsBySlug, truth: Truth | Bounds): string | undefined {
  const { least, most } = isBounds(truth) ? truth : { least: truth, most: truth };
  for (const slug of new Set([...Object.keys(records), ...Object.keys(most)])) {
    const due = least[slug];
    if (!due) return `\`truth\` lacks the resource type ${slug}`;
    const read = toTrueRecords(records[slug] ?? []);
    const lost = due.filter(({ id }) => !read.has(id));
    if (lost.length > 0) return `the read lacks ${lost.length} of ${due.length} ${slug}, such as "${lost[0]!.id}"`;
    const leastOf = byId(due);
    const mostOf = byId(most[slug] ?? []);
    for (const [id, record] of read) {
      const right = mostOf.get(id);
      if (!right) return `${slug} "${id}" was read, but does not exist in the product`;
      const difference = compareRecord(record, leastOf.get(id) ?? { id }, right);
      if (difference !== undefined) return `${slug} "${id}" ${difference}`;
    }
  }
  return undefined;
}

/** The intersection and the union of two truths. */
export function boundsOf(before: Truth, after: Truth): Bounds {
  const slugs = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const merge = (isEither: boolean): Truth =>
    Object.fromEntries(
      slugs.map((slug) => {
        const [earlier, later] = [byId(before[slug] ?? []), byId(after[slug] ?? [])];
        const ids = isEither
          ? new Set([...earlier.keys(), ...later.keys()])
          : [...earlier.keys()].filter((id) => later.has(id));
        return [slug, [...ids].map((id) => mergeRecord(earlier.get(id) ?? { id }, later.get(id) ?? { id }, isEither))];
      }),
    );
  return { least: merge(false), most: merge(true) };
}

function mergeRecord(left: TrueRecord, right: TrueRecord, isEither: boolean): TrueRecord {
  const refs = Object.fromEntries(
    slugsOf(left, right).map((slug) => {
      const [earlier, later] = [new Set(left.refs?.[slug]), new Set(right.refs?.[slug])];
      return [slug, [...(isEither ? earlier.union(later) : earlier.intersection(later))]];
    }),
  );
  // A status that changed may be read either way, so it is not compared.
  return { id: left.id, ...(left.status === right.status && left.status && { status: left.status }), refs };
}

/** Describes how a record differs from the truth: `least` is what it must have, `most` what it may have. */
export function compareRecord(read: ReadRecord, least: TrueRecord, most: TrueRecord = least): string | undefined {
  const isSteady = least === most || least.status !== undefined;
  if (isSteady && read.status !== least.status)
    return `was read with status ${read.status ?? "none"} instead of ${least.status ?? "none"}`;
  for (const slug of slugsOf(read, most)) {
    if (read.unknown?.has(slug)) continue;
    const found = new Set(read.refs?.[slug]);
    const due = new Set(least.refs?.[slug]);
    const [missing] = due.difference(found);
    if (missing !== undefined)
      return `was read with ${due.intersection(found).size} of its ${due.size} refs of ${slug}, without "${missing}"`;
    const [invented] = found.difference(new Set(most.refs?.[slug]));
    if (invented !== undefined) return `was read with ${slug} "${invented}", which it does not have`;
  }
  return undefined;
}

export interface ReadRecord extends TrueRecord {
  /** Slugs whose refs the record reports as unknown. */
  unknown?: ReadonlySet<string>;
}

/** Returns records by id; a continued record adds its refs. */
export function toTrueRecords(records: readonly PushedRecord[]): Map<string, ReadRecord> {
  const merged = new Map<
    string,
    { id: string; status?: RecordStatus; refs: Record<string, string[]>; unknown: Set<string> }
  >();
  for (const record of records) {
    const { status } = record as { status?: RecordStatus };
    const entry = merged.get(record.id) ?? {
      id: record.id,
      ...(status !== undefined && { status }),
      refs: {},
      unknown: new Set(unknownRefsOf(record)),
    };
    for (const { slug, ids } of refsOf(record)) (entry.refs[slug] ??= []).push(...ids);
    merged.set(record.id, entry);
  }
  return merged;
}

export function byId(records: readonly TrueRecord[]): Map<string, TrueRecord> {
  return new Map(records.map((record) => [record.id, record]));
}

function slugsOf(...records: readonly TrueRecord[]): string[] {
  return [...new Set(records.flatMap(({ refs = {} }) => Object.keys(refs)))];
}

function isBounds(truth: Truth | Bounds): truth is Bounds {
  return "least" in truth && !Array.isArray(truth.least);
}

/** Returns the refs of a record, by slug. */
export function refsOf(record: PushedRecord): { field: string; slug: string; ids: string[] }[] {
  const { memberships = {}, assignments = {} } = record as AccountRecord;
  return Object.entries({ memberships, assignments }).flatMap(([field, refs]) =>
    Object.entries(refs).map(([slug, list]) => ({ field, slug, ids: list.map(({ id }) => id) })),
  );
}

/** Returns the slugs whose refs a record reports as unknown. */
export function unknownRefsOf(record: PushedRecord): readonly string[] {
  return (record as { unknown_refs?: readonly string[] }).unknown_refs ?? [];
}
