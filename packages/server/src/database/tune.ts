import { type Kysely, sql } from "kysely";
import type { Tables } from "./schema.ts";

/**
 * What makes PostgreSQL faster and is no part of the SQL that every database understands: staged pages are read once
 * and soon deleted, so compressing them costs more than it saves.
 */
export async function tuneStorage(database: Kysely<Tables>): Promise<void> {
  const { rows } = await sql`
    select from pg_attribute where attrelid = 'sync_pages'::regclass and attname = 'records' and attstorage <> 'e'
  `.execute(database);
  if (rows.length > 0) await sql`alter table sync_pages alter column records set storage external`.execute(database);
}

/** Lets the statements of a transaction take as long as they need. */
export const PATIENT = "set local statement_timeout = 0";

/**
 * Lets the sorts of a reconciliation have memory, for its transaction, and saves the compiling of statements that run once. No
 * statistics know what the transaction has written: the planner would take it for a row or two, and loop through all of
 * it again for every record. What is to be looked up one by one says so by `lateral`.
 */
export async function tuneReconciliation(transaction: Kysely<Tables>): Promise<void> {
  await sql.raw(PATIENT).execute(transaction);
  await sql`set local work_mem = '256MB'`.execute(transaction);
  await sql`set local jit = off`.execute(transaction);
  await sql`set local enable_nestloop = off`.execute(transaction);
}
