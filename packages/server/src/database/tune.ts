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

/**
 * How PostgreSQL plans on each connection. It takes a row that is read by an index for a movement of a disk's arm, and
 * would rather read and sort everything of an app than the first page by its index. Of some statements it expects so
 * much that it would compile them or start other processes, which takes longer than they run.
 */
export const PLANNING: readonly string[] = [
  "set random_page_cost = 1.1",
  "set jit = off",
  "set max_parallel_workers_per_gather = 0",
];

/** Lets the statements of a transaction, and all of it, take as long as they need, whatever the database's settings. */
export const PATIENT = lift(["statement_timeout", "transaction_timeout"], { isLocal: true });

/** Lets everything on a connection take as long as it needs, like the change of a large table. */
export const UNLIMITED = lift(
  ["statement_timeout", "transaction_timeout", "lock_timeout", "idle_in_transaction_session_timeout"],
  { isLocal: false },
);

/** Lifts those limits that the version of the database knows. `pg_settings` would compute all settings each time. */
function lift(limits: readonly string[], { isLocal }: { isLocal: boolean }): string {
  const names = limits.map((name) => `('${name}')`).join(", ");
  const known = `(values ${names}) setting (name) where current_setting(name, true) is not null`;
  return `select set_config(name, '0', ${isLocal}) from ${known}`;
}

/**
 * Gives the sorts of a reconciliation memory, for its transaction. No statistics cover what the transaction has
 * written: the planner would expect a row or two and scan all of it for every record. Look-ups by key use `lateral`
 * explicitly.
 */
export async function tuneReconciliation(transaction: Kysely<Tables>): Promise<void> {
  await sql.raw(PATIENT).execute(transaction);
  await sql`set local work_mem = '256MB'`.execute(transaction);
  await sql`set local enable_nestloop = off`.execute(transaction);
  // It reads most of an app, where scans are faster.
  await sql`set local random_page_cost to default`.execute(transaction);
  await sql`set local max_parallel_workers_per_gather to default`.execute(transaction);
}
