import type { Pool, PoolClient } from "pg";
import jobs from "pg-boss/package.json" with { type: "json" };
import { migrations } from "./migrations.ts";

/** The schema of pg-boss. */
export const JOB_SCHEMA = "fleet_jobs";

/**
 * Brings the tables up to date. Several processes may start at once: one at a time holds the row lock, on a connection of
 * its own, because on some databases a statement that changes a table ends its transaction.
 *
 * @throws Error if a newer fleet made the tables.
 */
export async function migrate(pool: Pool, known = migrations): Promise<void> {
  await prepare(pool);
  await refuseNewerJobs(pool);
  const holder = await pool.connect();
  // A connection that breaks loses its lock, and must not end the process.
  holder.on("error", () => {});
  try {
    await holder.query("begin");
    await holder.query("set local idle_in_transaction_session_timeout = 0");
    await holder.query("select id from fleet.migration_lock where id = 'lock' for update");
    await applyNewOnes(pool, known);
  } finally {
    holder.release(true);
  }
}

async function prepare(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ nspname: string }>("select nspname from pg_namespace where nspname = any($1)", [
    ["fleet", JOB_SCHEMA],
  ]);
  // A user who may create no schema is given both by an administrator; `if not exists` would be refused all the same. Left to
  // itself pg-boss would fail where another process creates its own at the same time.
  const missing = ["fleet", JOB_SCHEMA].filter((name) => !rows.some(({ nspname }) => nspname === name));
  const statements = [
    ...missing.map((name) => `create schema if not exists ${name}`),
    "create table if not exists fleet.migrations (name text primary key, applied_at timestamptz not null)",
    "create table if not exists fleet.migration_lock (id text primary key)",
    "insert into fleet.migration_lock (id) values ('lock') on conflict do nothing",
  ];
  for (const statement of statements) {
    // Of two processes that create the same thing at once, one fails although it says `if not exists`.
    await pool.query(statement).catch(() => pool.query(statement));
  }
}

/** pg-boss itself would use the tables of a newer one as if they were its own. */
async function refuseNewerJobs(pool: Pool): Promise<void> {
  const { rows: tables } = await pool.query(
    "select from information_schema.tables where table_schema = $1 and table_name = 'version'",
    [JOB_SCHEMA],
  );
  if (tables.length === 0) return;
  const { rows } = await pool.query<{ version: number }>(`select version from ${JOB_SCHEMA}.version`);
  const found = rows[0]?.version ?? 0;
  if (found > jobs.pgboss.schema)
    throw new Error(
      `The database was made by a newer fleet (its jobs are at version ${found}; this one knows versions up to ` +
        `${jobs.pgboss.schema}). Use that version or a later one.`,
    );
}

async function applyNewOnes(pool: Pool, known: typeof migrations): Promise<void> {
  const { rows } = await pool.query<{ name: string }>("select name from fleet.migrations order by name");
  const applied = new Set(rows.map(({ name }) => name));
  const newer = rows.find(({ name }) => !(name in known));
  if (newer)
    throw new Error(
      `The database was made by a newer fleet (it is at ${newer.name}; this one knows migrations up to ` +
        `${Object.keys(known).at(-1)}). Use that version or a later one.`,
    );
  for (const [name, statements] of Object.entries(known)) {
    if (applied.has(name)) continue;
    await inTransaction(pool, async (client) => {
      for (const statement of statements) await client.query(statement);
      await client.query("insert into fleet.migrations (name, applied_at) values ($1, now())", [name]);
    });
  }
}

async function inTransaction(pool: Pool, change: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await change(client);
    await client.query("commit");
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}
