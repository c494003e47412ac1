import type { PushedRecord, RecordStatus } from "@bridgekit/client";
import { refsOf, type ReadResult } from "./read-everything.ts";

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

/** The first thing in which records differ from the truth: a sentence, or `undefined` where they agree. */
export function findDifference(records: ReadResult["records"], truth: Truth): string | undefined {
  for (const slug of new Set([...Object.keys(records), ...Object.keys(truth)])) {
    const expected = truth[slug];
    if (!expected) return `\`truth\` lacks the resource type ${slug}`;
    const read = toTrueRecords(records[slug] ?? []);
    const lost = expected.filter(({ id }) => !read.has(id));
    if (lost.length > 0) return `${countOf(lost, slug)} of the ${expected.length} that the product has`;
    const known = new Map(expected.map((record) => [record.id, record]));
    for (const [id, record] of read) {
      const right = known.get(id);
      if (!right) return `${slug} "${id}" was read, and the product has no such ${slug}`;
      const difference = compareRecord(record, right);
      if (difference !== undefined) return `${slug} "${id}" ${difference}`;
    }
  }
  return undefined;
}

function countOf(lost: readonly TrueRecord[], slug: string): string {
  return `the read lacks ${lost.length} ${slug} ("${lost[0]!.id}"${lost.length > 1 ? " first" : ""})`;
}

function compareRecord(read: TrueRecord, right: TrueRecord): string | undefined {
  if (read.status !== right.status)
    return `was read as ${read.status ?? "without a status"}, and the product has it as ${right.status ?? "without one"}`;
  for (const slug of new Set([...Object.keys(read.refs ?? {}), ...Object.keys(right.refs ?? {})])) {
    const found = new Set(read.refs?.[slug]);
    const due = new Set(right.refs?.[slug]);
    const [missing] = due.difference(found);
    if (missing !== undefined)
      return `was read with ${found.size} of its ${due.size} refs of ${slug}, without "${missing}"`;
    const [invented] = found.difference(due);
    if (invented !== undefined) return `was read with ${slug} "${invented}", which it does not have`;
  }
  return undefined;
}

/** Records by id; one that continues another adds its refs. */
function toTrueRecords(records: readonly PushedRecord[]): Map<string, TrueRecord> {
  const byId = new Map<string, { id: string; status?: RecordStatus; refs: Record<string, string[]> }>();
  for (const record of records) {
    const known = byId.get(record.id);
    const { status } = record as { status?: RecordStatus };
    const entry = known ?? { id: record.id, ...(status !== undefined && { status }), refs: {} };
    for (const { slug, ids } of refsOf(record)) (entry.refs[slug] ??= []).push(...ids);
    byId.set(record.id, entry);
  }
  return byId;
}
