import { type Kysely, sql } from "kysely";
import type { DatabaseOptions } from "../database/database.ts";
import { checkMigration, migrate, MIGRATION_TABLES, readMigration } from "../database/migrate.ts";
import { migrations } from "../database/migrations.ts";
import { openDatabase } from "../database/open-database.ts";
import type { Tables } from "../database/schema.ts";
import { PATIENT } from "../database/tune.ts";
import { readHeader } from "./backup-header.ts";
import { listTables } from "./tables.ts";

const CHARACTERS_AT_ONCE = 1024 * 1024;

interface RestoreOptions {
  onProgress?: (rows: number) => void;
  /** The migrations to bring the rows up to date with; those of this version if absent. */
  known?: typeof migrations;
}

/**
 * Restores the lines of a backup into an empty database and upgrades them. They may be from an older Bridge and from
 * another kind of database. Restores all of it or nothing.
 *
 * @returns The number of rows.
 *
 * @throws Error if the database is not empty, or the backup is damaged or from a newer Bridge.
 */
export async function restoreBackup(
  options: DatabaseOptions,
  lines: AsyncIterable<string>,
  { onProgress = () => {}, known = migrations }: RestoreOptions = {},
): Promise<number> {
  const iterator = lines[Symbol.asyncIterator]();
  const first = await iterator.next();
  const header = readHeader(first.done ? "" : first.value);
  const migration = checkMigration(header.migration, "The backup was", known);
  const database = await openDatabase(options, () => {}, {
    async prepare(kysely) {
      await removeLaterTables(kysely, migration, known);
      await migrate(kysely, { to: migration, known });
    },
  });
  try {
    const rows = await database.kysely.transaction().execute(async (transaction) => {
      await sql.raw(PATIENT).execute(transaction);
      await refuseUsed(transaction);
      const count = await insertLines(transaction, { [Symbol.asyncIterator]: () => iterator }, onProgress);
      await restartIdentities(transaction);
      return count;
    });
    await migrate(database.kysely, { known });
    return rows;
  } finally {
    await database.close();
  }
}

/** A Bridge may have created its tables, which the rows of an older one do not fit. Only empty ones are removed. */
async function removeLaterTables(database: Kysely<Tables>, migration: string, known: typeof migrations): Promise<void> {
  const found = await readMigration(database);
  if (found === undefined || checkMigration(found, "The database was", known) <= migration) return;
  await database.transaction().execute(async (transaction) => {
    await refuseUsed(transaction);
    const names = Object.values(known)
      .flat()
      .flatMap((statement) => CREATED_TABLE.exec(statement)?.[1] ?? []);
    await sql`drop table if exists ${sql.join([...names, ...MIGRATION_TABLES].map((name) => sql.table(name)))}`.execute(
      transaction,
    );
  });
}

const CREATED_TABLE = /^(?:create table|alter table \w+ rename to) (\w+)/;

async function refuseUsed(transaction: Kysely<Tables>): Promise<void> {
  const org = await transaction.selectFrom("orgs").select("slug").limit(1).executeTakeFirst();
  if (org !== undefined)
    throw new Error(`The database is in use: it has the organisation "${org.slug}". Restore into an empty one.`);
}

async function insertLines(
  transaction: Kysely<Tables>,
  lines: AsyncIterable<string>,
  onProgress: (rows: number) => void,
): Promise<number> {
  const tables = new Set(await listTables(transaction));
  let table: string | undefined;
  let waiting: string[] = [];
  let characters = 0;
  let count = 0;

  async function insert(): Promise<void> {
    if (table === undefined || waiting.length === 0) return;
    await sql`
      insert into ${sql.table(table)} select * from json_populate_recordset(null::${sql.table(table)}, ${`[${waiting.join(",")}]`}::json)
    `.execute(transaction);
    count += waiting.length;
    waiting = [];
    characters = 0;
    onProgress(count);
  }

  for await (const line of lines) {
    const rows = END.exec(line)?.[1];
    if (rows !== undefined) {
      await insert();
      if (Number(rows) !== count) throw new Error(`The backup is damaged: it has ${count} rows instead of ${rows}.`);
      return count;
    }
    const next = tableOf(line);
    if (next !== undefined) {
      await insert();
      if (!tables.has(next)) throw new Error(`The backup has a table "${next}", which its version does not have.`);
      table = next;
      continue;
    }
    waiting.push(line);
    characters += line.length;
    if (characters >= CHARACTERS_AT_ONCE) await insert();
  }
  throw new Error(`The backup is cut short: its last line is missing. Nothing was restored.`);
}

const END = /^\{"rows":(\d+)\}$/;
const TABLE = /^\{"table":"(\w+)"\}$/;

function tableOf(line: string): string | undefined {
  return TABLE.exec(line)?.[1];
}

/** New rows continue the numbers of the restored ones. */
async function restartIdentities(transaction: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = current_schema() and is_identity = 'YES'
  `.execute(transaction);
  for (const { table, column } of rows) {
    const { rows: found } = await sql<{ next: number }>`
      select coalesce(max(${sql.ref(column)}), 0)::bigint + 1 as next from ${sql.table(table)}
    `.execute(transaction);
    await sql`alter table ${sql.table(table)} alter column ${sql.ref(column)} restart with ${sql.lit(found[0]?.next ?? 1)}`.execute(
      transaction,
    );
  }
}
