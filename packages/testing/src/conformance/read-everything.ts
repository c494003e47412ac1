import type { AccountRecord, PushedRecord } from "@bridgekit/client";
import { slugsInPushOrder } from "@bridgekit/core";
import type { Fault, FaultRule } from "../sandbox/index.ts";
import type { Opened, Subject } from "./subject.ts";

export interface ReadResult {
  /** Records by slug, in the order in which they came. */
  records: Readonly<Record<string, readonly PushedRecord[]>>;
  /** What the connector said to be missing. */
  missing: readonly string[];
  /** What it said of refs that are not known, as `slug: reason`. */
  unknownRefs: readonly string[];
  /** What a stream threw. */
  error: Error | undefined;
  /** Calls to the product. */
  calls: number;
  /** The read was cut off, because it went on and on. */
  isEndless: boolean;
}

export interface ReadOptions {
  /** What goes wrong. */
  rule?: FaultRule;
  /** Calls after which a read counts as endless and is left behind. */
  maxCalls?: number;
}

/** Reads every stream, as the sync runner does. */
export async function readEverything(
  { connector, said }: Subject,
  { around, connection }: Opened<unknown>,
  { rule, maxCalls = Infinity }: ReadOptions = {},
): Promise<ReadResult> {
  const end = new AbortController();
  const records: Record<string, PushedRecord[]> = {};
  const missing: string[] = [];
  const { client, logger } = connection;
  const partial = (reason: string) => void missing.push(reason);
  const unknown: string[] = [];
  const unknownRefs = (slug: string, reason: string) => void unknown.push(`${slug}: ${reason}`);
  const endless = Promise.withResolvers<boolean>();
  around.fault(() => {
    if (around.requestCount() <= maxCalls) return undefined;
    endless.resolve(true);
    return NEVER_ANSWERED;
  });
  if (rule) around.fault(rule);

  async function readStreams(): Promise<boolean> {
    for (const slug of slugsInPushOrder(connector.resourceTypes)) {
      const list: PushedRecord[] = (records[slug] = []);
      for await (const record of connector.sync[slug]!({ client, logger, signal: end.signal, partial, unknownRefs }))
        list.push(record as PushedRecord);
    }
    return false;
  }

  let error: Error | undefined;
  let isEndless = false;
  try {
    isEndless = await Promise.race([readStreams(), endless.promise]);
  } catch (thrown) {
    error = thrown instanceof Error ? thrown : new Error(String(thrown));
  } finally {
    end.abort();
  }
  said.push(...missing, ...unknown, ...(error ? [describeError(error)] : []));
  return { records, missing, unknownRefs: unknown, error, calls: around.requestCount(), isEndless };
}

// The longest that a timer can wait; it does not keep the process running.
const NEVER_ANSWERED: Fault = { kind: "delay", milliseconds: 2 ** 31 - 1 };

/** The message and those of its causes, which a logger would print as well. */
export function describeError(error: Error): string {
  return error.cause instanceof Error ? `${error.message}; ${describeError(error.cause)}` : error.message;
}

/** Whether two reads tell the same. */
export function isSameTruth(left: ReadResult, right: ReadResult): boolean {
  return toText(left) === toText(right);
}

/**
 * Whether a read lacks nothing but refs of which it says that they are not known, for all accounts or for single ones; no
 * where it says so of none.
 */
export function isSameButUnknown(read: ReadResult, whole: ReadResult): boolean {
  const ofRun = read.unknownRefs.map((line) => line.slice(0, line.indexOf(":")));
  const unknownOf = new Map<PushedRecord["id"], Set<string>>();
  for (const list of Object.values(read.records))
    for (const record of list) {
      const slugs = [...ofRun, ...((record as AccountRecord).unknown_refs ?? [])];
      if (slugs.length > 0) unknownOf.set(record.id, new Set(slugs));
    }
  const onlyKnown = ({ records, ...rest }: ReadResult): ReadResult => ({
    ...rest,
    records: Object.fromEntries(
      Object.entries(records).map(([slug, list]) => [slug, list.map((record) => withoutRefs(record, unknownOf))]),
    ),
  });
  return unknownOf.size > 0 && isSameTruth(onlyKnown(read), onlyKnown(whole));
}

function withoutRefs(record: PushedRecord, unknownOf: ReadonlyMap<string, ReadonlySet<string>>): PushedRecord {
  const unknown = unknownOf.get(record.id) ?? new Set();
  const { unknown_refs: _, memberships, assignments, ...rest } = record as AccountRecord;
  const known = (refs: AccountRecord["memberships"]) =>
    refs && Object.fromEntries(Object.entries(refs).filter(([slug]) => !unknown.has(slug)));
  return { ...rest, memberships: known(memberships), assignments: known(assignments) };
}

function toText({ records }: ReadResult): string {
  return JSON.stringify(
    Object.entries(records).map(([slug, list]) => [slug, list.map((record) => JSON.stringify(record)).sort()]),
  );
}

/** The refs of a record, slug by slug. */
export function refsOf(record: PushedRecord): { field: string; slug: string; ids: string[] }[] {
  const { memberships = {}, assignments = {} } = record as AccountRecord;
  return Object.entries({ memberships, assignments }).flatMap(([field, refs]) =>
    Object.entries(refs).map(([slug, list]) => ({ field, slug, ids: list.map(({ id }) => id) })),
  );
}
