import { HASH_BYTES, type Journal, type ReadHashes, type Receipt, type ReceiptFolder } from "@bridgekit/core/run";
import { type Kysely, sql } from "kysely";
import type { FleetDatabase } from "../database/open-database.ts";
import type { Tables } from "../database/tables.ts";
import { openFleetJournal } from "./open-fleet-journal.ts";
import { openFleetReceipts } from "./open-fleet-receipts.ts";

/** The state of an app that `bridgekit run` has kept in files. */
export interface KeptState {
  /** Base URL of the organisation on its Bridge. */
  org: string;
  /** Key of the app in its config, and its name. */
  key: string;
  name: string;
  /** Id of the app on the Bridge. */
  appId: string;
  /** Open while it is imported, so that nothing else writes it. */
  journal: Journal;
  receipts: ReceiptFolder;
}

export type ImportResult =
  /** `hashes`: ids of records that the guard compares with. */
  | { status: "imported"; tasks: number; receipts: number; hasCursor: boolean; hashes: number }
  /** The fleet has state of the app already, which is newer. Nothing was changed. */
  | { status: "known" };

const BATCH = 500;
const HEARTBEAT_SECONDS = 30;

/**
 * Moves the state of an app into the fleet's database, all of it or nothing. State that the fleet has already is never
 * replaced, so importing twice is harmless.
 *
 * @throws Error if a worker runs the app at this moment, or if the fleet feeds another app of the Bridge under this key.
 */
export function importState({ kysely }: FleetDatabase, state: KeptState): Promise<ImportResult> {
  return kysely.transaction().execute(async (transaction) => {
    const app = `${state.org} ${state.key}`;
    const generations = await fenceOthers(transaction, app, state);
    if (await hasState(transaction, app)) return { status: "known" };

    const tasks = await copyJournal(transaction, { app, generation: generations.tasks_generation }, state.journal);
    const copied = await copyReceipts(transaction, { app, generation: generations.sync_generation }, state.receipts);
    return { status: "imported", tasks, ...copied };
  });
}

/** Locks the app, and makes its row if no worker has done so yet. A run that lost its heartbeat writes nothing any more. */
async function fenceOthers(transaction: Kysely<Tables>, app: string, { org, key, name, appId }: KeptState) {
  // A worker that has the app in its config fills in the rest; nobody runs it before.
  await sql`
    insert into fleet.apps (id, org, key, name, zone, upstream_host, credential, schedule, bridge_app_id, next_run_at, seen_at)
    values (${app}, ${org}, ${key}, ${name}, '', '', '', '', ${appId}, now(), ${new Date(0)})
    on conflict (id) do nothing
  `.execute(transaction);
  const generations = await transaction
    .updateTable("apps")
    .set({
      sync_generation: sql`sync_generation + 1`,
      tasks_generation: sql`tasks_generation + 1`,
      bridge_app_id: sql`coalesce(bridge_app_id, ${appId})`,
    })
    .where("id", "=", app)
    .returning(["sync_generation", "tasks_generation", "bridge_app_id"])
    .executeTakeFirstOrThrow();
  if (generations.bridge_app_id !== appId)
    throw new Error(
      `The fleet feeds another app on the Bridge (${generations.bridge_app_id}) than the folder is of (${appId}).`,
    );
  const running = await transaction
    .selectFrom("runs")
    .select(["kind", "worker"])
    .where("app", "=", app)
    .where("ended_at", "is", null)
    .where("heartbeat_at", ">", sql<Date>`now() - ${HEARTBEAT_SECONDS}::integer * interval '1 second'`)
    .executeTakeFirst();
  if (running)
    throw new Error(`The worker ${running.worker} runs this app (${running.kind}). Pause the app, then import again.`);
  return generations;
}

async function hasState(transaction: Kysely<Tables>, app: string): Promise<boolean> {
  const journal = await transaction.selectFrom("journals").select("app").where("app", "=", app).executeTakeFirst();
  const receipt = await transaction
    .selectFrom("receipts")
    .select("app")
    .where("app", "=", app)
    .limit(1)
    .executeTakeFirst();
  return journal !== undefined || receipt !== undefined;
}

/** Returns the number of tasks. */
async function copyJournal(
  transaction: Kysely<Tables>,
  run: { app: string; generation: number },
  journal: Journal,
): Promise<number> {
  const entries = [...journal.entries()];
  const copy = await openFleetJournal(transaction, run, { runner: journal.runner });
  for (let first = 0; first < entries.length; first += BATCH)
    await Promise.all(entries.slice(first, first + BATCH).map((entry) => copy.write(entry)));
  return entries.length;
}

async function copyReceipts(
  transaction: Kysely<Tables>,
  run: { app: string; generation: number },
  receipts: ReceiptFolder,
) {
  const copy = openFleetReceipts(transaction, run);
  const compared = await receipts.latest("completed");
  let count = 0;
  let hashes = 0;
  for await (const receipt of receipts.all()) {
    const isCompared = compared !== undefined && isSame(receipt, compared);
    const read = isCompared ? await readHashes(receipts, receipt) : undefined;
    hashes += read?.count ?? 0;
    await copy.write(receipt, read);
    count++;
  }
  const last = await receipts.latest("completed", "updated");
  return { receipts: count, hasCursor: last?.cursor !== undefined, hashes };
}

function isSame(one: Receipt, other: Receipt): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Reads the hashes of the run that the guard compares with. Throws if some are missing. */
async function readHashes(receipts: ReceiptFolder, receipt: Receipt): Promise<ReadHashes & { count: number }> {
  const ids = new Map<string, Uint8Array<ArrayBuffer>>();
  const refs = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>();
  let count = 0;
  for (const [slug, type] of Object.entries(receipt.types)) {
    const list = await collect(receipts.ids(receipt, slug));
    count += list.length / HASH_BYTES;
    ids.set(slug, list);
    const targets = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const target of Object.keys(type.refs ?? {}))
      targets.set(target, await collect(receipts.refs(receipt, slug, target)));
    refs.set(slug, targets);
  }
  return { ids, refs, count };
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return new Uint8Array(Buffer.concat(all));
}
