import type { BridgeClient, Kind } from "@bridgekit/client";
import type { Connection } from "../../connector/create-connection.ts";
import type { Receipt } from "../../receipts/receipt.ts";
import type { ReceiptStore } from "../../receipts/receipt-store.ts";
import { contentOf } from "./content-of.ts";
import { openLiveRecords } from "./live-records.ts";
import { RecordHashes } from "./record-hashes.ts";

export interface TypeBaseline {
  type: Kind;
  ids: RecordHashes;
  /** Hashes of whole records; absent where they are not known. */
  contents?: RecordHashes;
  /** Lists the ids again, by name; absent where they are not known. */
  names?: () => AsyncIterable<string>;
}

/** What a plan is compared with, by slug. */
export interface Baseline {
  kind: "live records" | "last receipt" | "nothing";
  types: ReadonlyMap<string, TypeBaseline>;
}

interface BaselineOptions {
  bridge: BridgeClient;
  /** Absent where the Bridge does not have the app yet. */
  appId: string | undefined;
  connection: Connection;
  receipts?: ReceiptStore;
  signal?: AbortSignal;
}

/** What is live where the Bridge lists it, otherwise what the last completed run read, otherwise nothing. */
export async function readBaseline(options: BaselineOptions): Promise<Baseline> {
  const live = await readLive(options);
  if (live) return { kind: "live records", types: live };
  const last = await options.receipts?.latest("completed");
  const types = emptyTypes(options.connection);
  if (last) {
    await addReceipt(types, last, options.receipts!);
    return { kind: "last receipt", types };
  }
  for (const base of types.values()) base.contents = new RecordHashes();
  return { kind: "nothing", types };
}

function emptyTypes({ connector }: Connection): Map<string, TypeBaseline> {
  const types = Object.entries(connector.resourceTypes);
  return new Map(types.map(([slug, { type }]) => [slug, { type, ids: new RecordHashes() }]));
}

async function readLive({ bridge, appId, connection, signal }: BaselineOptions) {
  if (appId === undefined) return undefined;
  const types = emptyTypes(connection);
  for (const [slug, base] of types) {
    const open = () => openLiveRecords(bridge, { appId, slug, signal });
    const records = await open();
    if (!records) return undefined;
    base.contents = new RecordHashes();
    for await (const record of records) {
      base.ids.add(record.id);
      base.contents.add(contentOf(record));
    }
    base.names = async function* () {
      for await (const { id } of (await open()) ?? []) yield id;
    };
  }
  return types;
}

async function addReceipt(types: Map<string, TypeBaseline>, last: Receipt, receipts: ReceiptStore): Promise<void> {
  for (const [slug, { type }] of Object.entries(last.types)) {
    const base = types.get(slug) ?? { type, ids: new RecordHashes() };
    types.set(slug, base);
    for await (const chunk of receipts.ids(last, slug)) base.ids.addBytes(chunk);
  }
}
