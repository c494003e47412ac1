import type { BridgeClient, Kind, RecordData } from "@bridgekit/client";
import { callBridge } from "../../call-bridge.ts";
import { ifOffered } from "../../if-offered.ts";
import type { Connection } from "../../connector/create-connection.ts";
import type { Receipt } from "../../state/receipt.ts";
import type { ReceiptStore } from "../../state/receipt-store.ts";
import type { RetryOptions } from "../../retry.ts";
import { explainBridgeError, NOBODY_REMOVED } from "../explain-bridge-error.ts";
import { openLiveRecords } from "./live-records.ts";
import { RecordHashes } from "./record-hashes.ts";
import { RefHashes } from "./ref-hashes.ts";

/** Sorted hashes of 8 bytes each. */
interface HashList {
  count: number;
  chunks(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

interface TypeBefore {
  type: Kind;
  ids: HashList;
  /** What accounts refer to, by slug; absent if unknown. */
  refs?: ReadonlyMap<string, HashList>;
}

/** What existed before a run, by slug. */
export interface Before {
  kind: "live records" | "last receipt" | "nothing";
  types: ReadonlyMap<string, TypeBefore>;
}

export interface BeforeOptions {
  bridge: BridgeClient;
  /** Absent if the app does not exist on the Bridge yet. */
  appId: string | undefined;
  connection: Connection;
  receipts?: ReceiptStore;
  retry?: RetryOptions;
  signal?: AbortSignal;
}

export const NOTHING_BEFORE: Before = { kind: "nothing", types: new Map() };

/** What the last completed run read. */
export function readReceipt(last: Receipt, receipts: ReceiptStore): Before {
  const types = Object.entries(last.types).map(([slug, { type, read, duplicates, refs }]): [string, TypeBefore] => {
    const ids: HashList = { count: read - duplicates, chunks: () => receipts.ids(last, slug) };
    const lists = Object.entries(refs ?? {}).map(([target, count]): [string, HashList] => [
      target,
      { count, chunks: () => receipts.refs(last, slug, target) },
    ]);
    return [slug, { type, ids, ...(refs && { refs: new Map(lists) }) }];
  });
  return { kind: "last receipt", types: new Map(types) };
}

/** Whether the receipt has the refs of accounts; version 1 has not. */
export function knowsRefs(last: Receipt): boolean {
  return last.version >= 2;
}

/** Reads what is live, as 8 bytes for each record and each ref. Returns undefined if the Bridge does not list it. */
export async function readLive(
  options: BeforeOptions,
  onRecord?: (slug: string, record: RecordData, kind: Kind) => void,
): Promise<Before | undefined> {
  const { bridge, appId, connection, signal } = options;
  if (appId === undefined) return undefined;
  const types = new Map<string, TypeBefore>();
  for (const [slug, type] of await kindsOf(bridge, { appId, connection })) {
    const records = await openLiveRecords(bridge, { appId, slug, signal });
    if (!records) return undefined;
    const ids = new RecordHashes();
    const refs = new RefHashes();
    for await (const record of records) {
      const high = ids.add(record.data.id);
      if (type === "account") refs.add(high, record.data);
      onRecord?.(slug, record.data, type);
    }
    types.set(slug, { type, ids: toList(ids), ...(type === "account" && { refs: toLists(refs) }) });
  }
  return { kind: "live records", types };
}

/** `readLive`, with retries if the Bridge is busy. */
export async function readLivePatiently(options: BeforeOptions): Promise<Before | undefined> {
  return askPatiently(() => readLive(options), options, "the list of live records");
}

/** Makes a call that only reads, with retries if the Bridge is busy. Throws `SyncError`. */
export async function askPatiently<T>(
  call: () => Promise<T>,
  { retry, signal }: Pick<BeforeOptions, "retry" | "signal">,
  what: string,
): Promise<T> {
  try {
    return await callBridge(call, { ...retry, signal });
  } catch (error) {
    throw explainBridgeError(error, { what, consequence: NOBODY_REMOVED });
  }
}

/** The types of the connector, and other types of the app, of which a sync reads nothing. */
async function kindsOf(
  bridge: BridgeClient,
  { appId, connection }: { appId: string; connection: Connection },
): Promise<Map<string, Kind>> {
  const declared = Object.entries(connection.connector.resourceTypes).map(([slug, { type }]) => [slug, type] as const);
  const registered = await ifOffered(() => bridge.listResourceTypes(appId));
  return new Map([...(registered ?? []).map(({ slug, type }) => [slug, type] as const), ...declared]);
}

function toList(hashes: RecordHashes): HashList {
  const bytes = hashes.bytes();
  return { count: hashes.count, chunks: () => [bytes] };
}

function toLists({ bySlug }: RefHashes): Map<string, HashList> {
  return new Map([...bySlug].map(([slug, hashes]) => [slug, toList(hashes)]));
}
