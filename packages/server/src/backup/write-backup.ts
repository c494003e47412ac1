import { type Kysely, sql } from "kysely";
import { openDatabase } from "../database/open-database.ts";
import type { DatabaseOptions } from "../database/database.ts";
import { checkMigration, readMigration } from "../database/migrate.ts";
import { PATIENT } from "../database/tune.ts";
import type { Tables } from "../database/schema.ts";
import type { BackupEnd, BackupHeader } from "./backup-header.ts";
import { listTables } from "./tables.ts";

const ROWS_AT_ONCE = 500;

/**
 * Yields everything that a Bridge stores as lines of JSON: a header, for each table a line with its name and a line per
 * row, and at the end the number of rows. It is a snapshot, also while a Bridge works on the same PostgreSQL. Rows keep
 * the database's own format, so no number or text is altered.
 */
export async function* writeBackup(
  options: DatabaseOptions,
  { now = () => new Date() }: { now?: () => Date } = {},
): AsyncGenerator<string> {
  let migration = "";
  const database = await openDatabase(options, () => {}, {
    // A backup changes nothing, least of all the version of the tables.
    prepare: async (kysely) => {
      const found = await readMigration(kysely);
      if (found === undefined) throw new Error("The database holds no Bridge, so there is nothing to back up.");
      migration = checkMigration(found, "The database was");
    },
  });
  try {
    const header = { format: "bridgekit-backup", version: 1, migration, created_at: now().toISOString() } as const;
    const { lines, end } = await begin(database.kysely, header);
    try {
      yield* lines;
    } finally {
      await end();
    }
  } finally {
    await database.close();
  }
}

/** A generator can't run within Kysely's callback, so the transaction is kept open until the reader is done. */
async function begin(database: Kysely<Tables>, header: BackupHeader) {
  const done = Promise.withResolvers<void>();
  const began = Promise.withResolvers<Kysely<Tables>>();
  const ended = database
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (transaction) => {
      began.resolve(transaction);
      await done.promise;
    });
  ended.catch(began.reject);
  const transaction = await began.promise;
  return {
    lines: writeTables(transaction, header),
    end: async () => {
      done.resolve();
      await ended;
    },
  };
}

async function* writeTables(transaction: Kysely<Tables>, header: BackupHeader): AsyncGenerator<string> {
  await sql.raw(PATIENT).execute(transaction);
  yield JSON.stringify(header);
  let count = 0;
  for (const table of await listTables(transaction)) {
    yield JSON.stringify({ table });
    for await (const line of readRows(transaction, table)) {
      count++;
      yield line;
    }
  }
  // Without it a complete backup can't be told from a truncated one.
  yield JSON.stringify({ rows: count } satisfies BackupEnd);
}

async function* readRows(transaction: Kysely<Tables>, table: string): AsyncGenerator<string> {
  const cursor = sql.raw("backup_rows");
  await sql`declare ${cursor} no scroll cursor for
    select row_to_json(each)::text as line from ${sql.table(table)} each`.execute(transaction);
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.lit(ROWS_AT_ONCE)} from ${cursor}`.execute(transaction);
    if (rows.length === 0) break;
    for (const { line } of rows) yield line;
  }
  await sql`close ${cursor}`.execute(transaction);
}
