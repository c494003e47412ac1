import type { AccountRecord, PushedRecord } from "@bridgekit/client";
import { slugsInPushOrder } from "@bridgekit/core/run";
import type { Fault, FaultRule, SandboxCall } from "@bridgekit/sandbox";
import type { Opened, ReadResult, Subject } from "./subject.ts";
import { unknownRefsOf } from "./truth.ts";

export interface ReadOptions {
  rule?: FaultRule;
  /** Calls after which a read counts as endless and is given up. */
  maxCalls?: number;
}

/** Reads every stream, as the sync runner does. */
export async function readEverything(
  { connector, options, messages }: Subject,
  { around, connection }: Opened<unknown>,
  { rule, maxCalls = Infinity }: ReadOptions = {},
): Promise<ReadResult> {
  const end = new AbortController();
  const records: Record<string, PushedRecord[]> = {};
  const missing: string[] = [];
  const { client, logger } = connection;
  const partial = (reason: string) => void missing.push(reason);
  const unknown: string[] = [];
  const unknownSlugs = new Set<string>();
  const unknownRefs = (slug: string, reason: string) => {
    unknown.push(`${slug}: ${reason}`);
    unknownSlugs.add(slug);
  };
  const endless = Promise.withResolvers<boolean>();
  around.fault(() => {
    if (around.requestCount() <= maxCalls) return undefined;
    endless.resolve(true);
    return NO_RESPONSE;
  });
  const lists = new Set<string>();
  const laterPages: number[] = [];
  const kinds: string[] = [];
  const callsBefore = around.requestCount();
  around.fault((call) => {
    const before = lists.size;
    const list = (options.listOf ?? defaultListOf)(call);
    kinds.push(list.replaceAll(ID, "*").replaceAll(/\*(?:[\s,"]*\*)+/g, "*"));
    if (lists.add(list).size === before) laterPages.push(around.requestCount() - callsBefore);
    return undefined;
  });
  if (rule) around.fault(rule);

  const isAccount = (slug: string) => connector.resourceTypes[slug]!.type === "account";

  async function readStreams(): Promise<boolean> {
    const streams = connector.sync({ client, logger, signal: end.signal, partial, unknownRefs });
    for (const slug of slugsInPushOrder(connector.resourceTypes)) {
      const list: PushedRecord[] = (records[slug] = []);
      for await (const record of streams[slug]!())
        list.push(withUnknownRefs(record as PushedRecord, isAccount(slug) ? unknownSlugs : NONE));
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
  messages.push(...missing, ...unknown, ...(error ? [describeError(error)] : []));
  return { records, missing, unknownRefs: unknown, error, calls: around.requestCount(), kinds, laterPages, isEndless };
}

/** Numbers, and runs of at least eight hexadecimal digits. */
const ID = /[0-9a-f]{8,}(?:-[0-9a-f]{2,})*|\d+/gi;

const NONE: ReadonlySet<string> = new Set();

/** Adds the slugs that a stream reported as unknown before this account, as the sync runner does. */
function withUnknownRefs(record: PushedRecord, slugs: ReadonlySet<string>): PushedRecord {
  return slugs.size === 0 ? record : { ...record, unknown_refs: [...new Set([...unknownRefsOf(record), ...slugs])] };
}

// The longest delay of a timer, which does not keep the process running.
const NO_RESPONSE: Fault = { kind: "delay", milliseconds: 2 ** 31 - 1 };

/** The message and those of the causes, as a logger prints them. */
export function describeError(error: Error): string {
  return error.cause instanceof Error ? `${error.message}; ${describeError(error.cause)}` : error.message;
}

/** Whether a read ended without an error and without a missing part. */
export function isWhole({ error, missing }: ReadResult): boolean {
  return error === undefined && missing.length === 0;
}

/** Whether two reads brought the same records, apart from refs that either reports as unknown. */
export function isSameTruth(left: ReadResult, right: ReadResult): boolean {
  const unknown = new Map<string, ReadonlySet<string>>();
  for (const { records } of [left, right])
    for (const [slug, list] of Object.entries(records))
      for (const record of list) {
        const slugs = unknownRefsOf(record);
        const key = `${slug} ${record.id}`;
        if (slugs.length > 0) unknown.set(key, new Set([...(unknown.get(key) ?? []), ...slugs]));
      }
  return toText(left, unknown) === toText(right, unknown);
}

function toText({ records }: ReadResult, unknown: ReadonlyMap<string, ReadonlySet<string>>): string {
  return JSON.stringify(
    Object.entries(records).map(([slug, list]) => [
      slug,
      list.map((record) => JSON.stringify(withoutRefs(record, unknown.get(`${slug} ${record.id}`)))).sort(),
    ]),
  );
}

function withoutRefs(record: PushedRecord, slugs: ReadonlySet<string> | undefined): object {
  if (!slugs) return record;
  const keep = (refs: object = {}) => Object.fromEntries(Object.entries(refs).filter(([slug]) => !slugs.has(slug)));
  const { memberships, assignments } = record as AccountRecord;
  return { ...record, unknown_refs: undefined, memberships: keep(memberships), assignments: keep(assignments) };
}

const PAGING =
  /^(start|startat|offset|skip|page|pagenumber|cursor|after|pagetoken|nextpagetoken|next|limit|maxresults|pagesize|per_page|count)$/i;

/** Names a list by method, path and query without the usual paging parameters. */
export function defaultListOf({ method, path, query, body }: SandboxCall): string {
  const rest = [...query].filter(([name]) => !PAGING.test(name));
  return `${method} ${path} ${JSON.stringify([rest, body])}`;
}
