import { randomUUID } from "node:crypto";
import {
  chooseReceipts,
  countIds,
  countRefs,
  HASH_BYTES,
  type IdHashes,
  type ReadHashes,
  type Receipt,
  type ReceiptFolder,
} from "@bridgekit/core/run";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/tables.ts";
import { fence, type FencedRun, inTransaction, toStale } from "./fence.ts";

export interface FleetReceiptOptions {
  /** How many receipts are kept, beside the last completed run and the last one with a cursor; 20 by default. */
  keep?: number;
}

/** Where the hashes of a list are; `target` is empty for the ids of a type. */
interface HashPlace {
  stamp: string;
  slug: string;
  target: string;
}

// A whole number of hashes.
const PART_BYTES = 1024 * 1024;

/**
 * Opens the receipts of an app in the fleet's database, for a sync. The hashes of a run are written in parts before its
 * receipt, and readers see them only once the receipt is there.
 *
 * @throws StaleGenerationError from `write` after a newer sync of the app has begun.
 */
export function openFleetReceipts(
  database: Kysely<Tables>,
  run: FencedRun,
  { keep = 20 }: FleetReceiptOptions = {},
): ReceiptFolder {
  const stamps = new WeakMap<Receipt, string>();

  function toReceipt({ receipt: text, stamp }: { receipt: string; stamp: string }): Receipt {
    const receipt = JSON.parse(text) as Receipt;
    stamps.set(receipt, stamp);
    return receipt;
  }

  const all = () => database.selectFrom("receipts").where("app", "=", run.app);

  return {
    async latest(...statuses) {
      const row = await all()
        .select(["receipt", "stamp"])
        .where("status", "in", statuses)
        .orderBy("sequence", "desc")
        .limit(1)
        .executeTakeFirst();
      return row && toReceipt(row);
    },

    async *all() {
      const rows = await all().select(["receipt", "stamp"]).orderBy("sequence").execute();
      for (const row of rows) yield toReceipt(row);
    },

    ids(receipt, slug) {
      const place = { stamp: stamps.get(receipt) ?? "", slug, target: "" };
      return readHashes(database, run, place, countIds(receipt, slug));
    },

    refs(receipt, slug, target) {
      const place = { stamp: stamps.get(receipt) ?? "", slug, target };
      return readHashes(database, run, place, countRefs(receipt, slug, target));
    },

    async write(receipt, hashes) {
      const stamp = randomUUID();
      for (const [slug, target, list] of listsOf(hashes))
        await writeHashes(database, run, { stamp, slug, target }, list);
      await inTransaction(database, async (transaction) => {
        await writeReceipt(transaction, run, receipt, stamp);
        await dropOld(transaction, run.app, keep);
      });
    },
  };
}

function* listsOf(hashes: ReadHashes | undefined): Generator<[slug: string, target: string, list: IdHashes]> {
  for (const [slug, list] of hashes?.ids ?? []) yield [slug, "", list];
  for (const [slug, lists] of hashes?.refs ?? []) for (const [target, list] of lists) yield [slug, target, list];
}

async function writeHashes(
  database: Kysely<Tables>,
  run: FencedRun,
  { stamp, slug, target }: HashPlace,
  list: IdHashes,
): Promise<void> {
  for (let part = 0; part * PART_BYTES < list.length; part++) {
    const bytes = Buffer.from(
      list.buffer,
      list.byteOffset + part * PART_BYTES,
      Math.min(PART_BYTES, list.length - part * PART_BYTES),
    );
    const { rows } = await sql`
      with fence as (${fence("sync", run)})
      insert into fleet.receipt_hashes (app, stamp, slug, target, part, bytes)
      select fence.id, ${stamp}::uuid, ${slug}::text, ${target}::text, ${part}::integer, ${bytes}::bytea from fence
      returning 1
    `.execute(database);
    if (rows.length === 0) throw toStale("The receipt", run);
  }
}

async function writeReceipt(
  transaction: Kysely<Tables>,
  run: FencedRun,
  receipt: Receipt,
  stamp: string,
): Promise<void> {
  const { rows } = await sql`
    with fence as (${fence("sync", run)})
    insert into fleet.receipts (app, sequence, stamp, status, receipt)
    select fence.id,
      (select coalesce(max(sequence), 0) + 1 from fleet.receipts where app = ${run.app}),
      ${stamp}::uuid, ${receipt.status}::text, ${JSON.stringify(receipt)}::text
    from fence
    returning 1
  `.execute(transaction);
  if (rows.length === 0) throw toStale("The receipt", run);
}

/** Deletes receipts that are no longer needed, and hashes that nothing is compared with. */
async function dropOld(transaction: Kysely<Tables>, app: string, keep: number): Promise<void> {
  const rows = await transaction
    .selectFrom("receipts")
    .select(["sequence", "stamp", "status"])
    .where("app", "=", app)
    .orderBy("sequence", "desc")
    .execute();
  const { old, compared } = chooseReceipts(rows, keep);
  if (old.length > 0) {
    const sequences = old.map(({ sequence }) => sequence);
    await transaction.deleteFrom("receipts").where("app", "=", app).where("sequence", "in", sequences).execute();
  }
  // Those without a receipt were left by a run that was cut off.
  let unused = transaction.deleteFrom("receipt_hashes").where("app", "=", app);
  if (compared) unused = unused.where("stamp", "<>", compared.stamp);
  await unused.execute();
}

async function* readHashes(
  database: Kysely<Tables>,
  { app }: FencedRun,
  { stamp, slug, target }: HashPlace,
  count: number,
): AsyncGenerator<Uint8Array> {
  const parts = database
    .selectFrom("receipt_hashes")
    .where("app", "=", app)
    .where("stamp", "=", stamp)
    .where("slug", "=", slug)
    .where("target", "=", target);
  const size = await parts
    .select(sql<number>`coalesce(sum(length(bytes)), 0)::bigint`.as("bytes"))
    .executeTakeFirstOrThrow();
  if (size.bytes !== count * HASH_BYTES)
    throw new Error(
      `The receipt of ${app} can't be read: "${slug}" has ${size.bytes} bytes, ${count * HASH_BYTES} are due. The guard ` +
        `compares with it: restore the fleet's database from a backup. Delete the rows of the app in fleet.receipts only ` +
        `if the next sync may remove everything that it does not find.`,
    );
  for (let part = 0; part * PART_BYTES < size.bytes; part++) {
    const { bytes } = await parts.select("bytes").where("part", "=", part).executeTakeFirstOrThrow();
    yield bytes;
  }
}
