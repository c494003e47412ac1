import { PGlite } from "@electric-sql/pglite";
import { Kysely, sql } from "kysely";
import { type Db, fromPglite } from "pg-boss";
import { migrate } from "../migrate.ts";
import type { OpenDatabase } from "../database.ts";
import type { Tables } from "../schema.ts";
import { tuneReconciliation, tuneStorage } from "../tune.ts";
import { adviseOn, DatabaseFailure, toError } from "./database-failure.ts";
import { openDataFolder, settleNewFolder } from "./data-folder.ts";
import { type Disk, DurableNodeFs } from "./durable-node-fs.ts";
import { createEmbeddedDialect, EmbeddedDriver } from "./embedded-driver.ts";
import { Engine } from "./engine.ts";

export interface EmbeddedOptions {
  /** In memory by default. */
  dataDir?: string | undefined;
  /** Prepares the tables. */
  prepare?: (database: Kysely<Tables>) => Promise<void>;
  /** The initial content of a database in memory; empty by default. */
  loadDataDir?: Blob | undefined;
  onFailure?: (failure: DatabaseFailure) => void;
  disk?: Disk;
}

// PGlite's default of 128 MB is cleared at the start and stays resident, although its pages are in memory already: in
// PGlite's own files, or in the operating system's cache.
const BUFFERS = ["-c", "shared_buffers=16MB"];

// PGlite's own options without `-F`, which disables flushes. A commit alone flushes nothing: `EmbeddedDriver` flushes
// for several at once. WASM has no fdatasync.
const DURABLE_PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  "-c",
  "wal_sync_method=fsync",
  "-c",
  "synchronous_commit=off",
  ...BUFFERS,
];

/** Opens PGlite and brings its tables up to date. */
export async function openEmbedded({
  dataDir,
  prepare = migrate,
  loadDataDir,
  onFailure = () => {},
  disk,
}: EmbeddedOptions): Promise<OpenDatabase> {
  const folder = dataDir === undefined ? undefined : await openDataFolder(dataDir);
  try {
    const pglite =
      dataDir === undefined
        ? await PGlite.create({
            startParams: [...PGlite.defaultStartParams, ...BUFFERS],
            ...(loadDataDir && { loadDataDir }),
          })
        : await PGlite.create({ fs: new DurableNodeFs(dataDir, disk), startParams: DURABLE_PARAMETERS });
    const engine = new Engine(pglite, onFailure);
    const driver = new EmbeddedDriver(engine, { isDurable: dataDir !== undefined });
    const kysely = new Kysely<Tables>({ dialect: createEmbeddedDialect(driver) });
    await prepare(kysely);
    await tuneStorage(kysely);
    if (dataDir !== undefined && folder?.isNew) {
      await sql`checkpoint`.execute(kysely);
      await settleNewFolder(dataDir);
    }
    return {
      kind: "pglite",
      product: { name: "embedded", folder: dataDir },
      kysely,
      failure: () => engine.failure,
      jobOptions: { db: shareConnection(kysely, driver, engine), backend: "pglite" },
      tuneReconciliation,
      // It ends with the database.
      listen: async (channel, listener) => {
        await engine.listen(channel, listener.onNotice);
        return { close: async () => {} };
      },
      load: () => driver.load(),
      analyze: () => analyzeChanged(kysely),
      // PGlite has no autovacuum, so staged pages would accumulate as dead rows with every sync.
      tidy: async () => {
        await sql`vacuum (analyze) sync_pages, sync_sessions, record_changes, records, tasks, task_history, events`.execute(
          kysely,
        );
      },
      close: async () => {
        await kysely.destroy();
        folder?.release();
      },
    };
  } catch (error) {
    folder?.release();
    if (error instanceof Error) throw error;
    const reason = toError(error);
    const place = dataDir === undefined ? "" : ` in ${dataDir}`;
    throw new DatabaseFailure(
      `The embedded database${place} could not be opened: ${reason.message}. ${adviseOn(reason)}.`,
      { cause: error },
    );
  }
}

// The rule of autovacuum with its defaults.
const MOST_UNSEEN_CHANGES = sql`50 + 0.1 * n_live_tup`;

/** PGlite has no autovacuum: without statistics the first build of the index of refs takes a hundred times as long. */
async function analyzeChanged(database: Kysely<Tables>): Promise<void> {
  await sql`select pg_stat_force_next_flush()`.execute(database);
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_stat_user_tables
    where schemaname = current_schema() and n_mod_since_analyze > ${MOST_UNSEEN_CHANGES}
  `.execute(database);
  if (rows.length > 0) await sql`analyze ${sql.join(rows.map(({ name }) => sql.table(name)))}`.execute(database);
}

/**
 * pg-boss waits for the connection like every caller: its statements, and the ROLLBACK after a failed one, never run
 * within another transaction.
 */
function shareConnection(kysely: Kysely<Tables>, driver: EmbeddedDriver, engine: Engine): Db {
  const inner = fromPglite(engine);
  return {
    executeSql: (text, values) =>
      kysely.connection().execute(() => {
        driver.noteWrite();
        return inner.executeSql(text, values);
      }),
    ...(inner.listen && { listen: inner.listen.bind(inner) }),
  };
}
