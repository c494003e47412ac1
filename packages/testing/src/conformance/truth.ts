import type { AccountRecord, PushedRecord, RecordStatus } from "@bridgekit/client";

/** Everything that a product has, by the slug of each resource type: what a whole read yields. */
export type Truth = Readonly<Record<string, readonly TrueRecord[]>>;

/** What must come back of a record; names and addresses are not compared. */
export interface TrueRecord {
  id: string;
  /** Of an account: the status that its record has. Left out where the connector's records have none. */
  status?: RecordStatus;
  /** Of an account: the ids of its groups and licenses, by slug, in any order. A slug that is left out means none. */
  refs?: Readonly<Record<string, readonly string[]>>;
}

/** What a read must have at least and may have at most; both the same where nothing changed meanwhile. */
export interface Bounds {
  least: Truth;
  most: Truth;
}

/** By the slug of their resource type, in the order in which they came. */
export type RecordsBySlug = Readonly<Record<string, readonly PushedRecord[]>>;

/** The first thing in which records differ from the truth: a sentence, or `undefined` where they agree. */
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
      if (!right) return `${slug} "${id}" was read, and the product has no such ${slug}`;
      const difference = compareRecord(record, leastOf.get(id) ?? { id }, right);
      if (difference !== undefined) return `${slug} "${id}" ${difference}`;
    }
  }
  return undefined;
}

/** What is in both truths, and what is in either. */
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
  // A status that changed may be read as either, so it is left out.
  return { id: left.id, ...(left.status === right.status && left.status && { status: left.status }), refs };
}

/** In what a record that was read differs from the truth; the status and what it must have, from what it may have. */
export function compareRecord(read: ReadRecord, least: TrueRecord, most: TrueRecord = least): string | undefined {
  const isSteady = least === most || least.status !== undefined;
  if (isSteady && read.status !== least.status)
    return `was read as ${read.status ?? "without a status"}, and the product has it as ${least.status ?? "without one"}`;
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
  /** Slugs whose refs the record says that it does not know. */
  unknown?: ReadonlySet<string>;
}

/** Records by id; one that continues another adds its refs. */
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

/** The refs of a record, slug by slug. */
export function refsOf(record: PushedRecord): { field: string; slug: string; ids: string[] }[] {
  const { memberships = {}, assignments = {} } = record as AccountRecord;
  return Object.entries({ memberships, assignments }).flatMap(([field, refs]) =>
    Object.entries(refs).map(([slug, list]) => ({ field, slug, ids: list.map(({ id }) => id) })),
  );
}

/** Slugs whose refs a record says that it does not know. */
export function unknownRefsOf(record: PushedRecord): readonly string[] {
  return (record as { unknown_refs?: readonly string[] }).unknown_refs ?? [];
}
