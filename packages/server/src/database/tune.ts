import { type Kysely, sql } from "kysely";
import type { Tables } from "./schema.ts";

/**
 * Settings that make PostgreSQL faster and are not part of the common SQL. Staged pages are read once and soon deleted,
 * so compressing them costs more than it saves.
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
 * Gives the sorts of a reconciliation memory, for its transaction, and disables compilation, because each statement
 * runs once. No statistics cover what the transaction has written: the planner would expect a row or two and scan all
 * of it for every record. Look-ups by key use `lateral` explicitly.
 */
export async function tuneReconciliation(transaction: Kysely<Tables>): Promise<void> {
  await sql.raw(PATIENT).execute(transaction);
  await sql`set local work_mem = '256MB'`.execute(transaction);
  await sql`set local jit = off`.execute(transaction);
  await sql`set local enable_nestloop = off`.execute(transaction);
}
