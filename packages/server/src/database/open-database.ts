import { Kysely } from "kysely";
import { Pool, TypeOverrides, types } from "pg";
import type { ConstructorOptions } from "pg-boss";
import type { DatabaseFailure } from "./embedded/engine.ts";
import { openEmbedded } from "./embedded/open-embedded.ts";
import { type Listen, listenToPostgres } from "./listen.ts";
import { migrate } from "./migrate.ts";
import { PreparingClient } from "./prepared.ts";
import { RowLockDialect } from "./row-lock-dialect.ts";
import { tuneFold, tuneStorage } from "./tune.ts";
import type { Tables } from "./schema.ts";

/** What answers at the address of a PostgreSQL: itself, or a database that speaks its language. */
export type DatabaseBackend = "postgres" | "citus" | "yugabytedb" | "cockroachdb";

/** Where the Bridge keeps its data; PGlite without a `dataDir` lives in memory, the backend is `postgres` by default. */
export type DatabaseOptions =
  | { kind: "pglite"; dataDir?: string }
  | { kind: "postgres"; url: string; backend?: DatabaseBackend };

export interface OpenDatabase {
  kind: DatabaseOptions["kind"];
  kysely: Kysely<Tables>;
  /** Why the database can't be used again before the process ends; undefined while it can. */
  failure: () => DatabaseFailure | undefined;
  /** What pg-boss needs to run on the same database. */
  jobOptions: ConstructorOptions;
  /** Absent where the database has no LISTEN and NOTIFY: who waits for something asks again and again there. */
  listen?: Listen;
  /** Lets a fold have what speeds it up, for its transaction, where the database knows such settings. */
  tuneFold(transaction: Kysely<Tables>): Promise<void>;
  /** Gives back the room of deleted rows, where the database does not do so by itself. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the database and brings its tables up to date. */
export async function openDatabase(options: DatabaseOptions, onError: (error: Error) => void): Promise<OpenDatabase> {
  switch (options.kind) {
    case "pglite":
      return openEmbedded({ ...options, onFailure: onError });
    case "postgres":
      return openPostgres(options, onError);
    default:
      options satisfies never;
      throw new Error("The kind of the database must be pglite or postgres.");
  }
}

// A bigint is read as a number, as PGlite does: ours count, and never come near the limit.
const typeParsers = new TypeOverrides();
typeParsers.setTypeParser(types.builtins.INT8, Number);

// Citus is PostgreSQL with an extension. CockroachDB has no LISTEN, and that of YugabyteDB is switched off unless asked
// for; neither has all of PostgreSQL's settings.
const IS_POSTGRES: Readonly<Record<DatabaseBackend, boolean>> = {
  postgres: true,
  citus: true,
  yugabytedb: false,
  cockroachdb: false,
};

async function openPostgres(
  { url, backend = "postgres" }: { url: string; backend?: DatabaseBackend },
  onError: (error: Error) => void,
): Promise<OpenDatabase> {
  const pool = new Pool({ connectionString: url, max: 10, types: typeParsers, Client: PreparingClient });
  // A connection that breaks would otherwise end the process: the pool hears only those that are idle.
  pool.on("error", onError);
  pool.on("connect", (connection) => connection.on("error", onError));
  const kysely = new Kysely<Tables>({ dialect: new RowLockDialect(pool) });
  try {
    await migrate(kysely);
    if (IS_POSTGRES[backend]) await tuneStorage(kysely);
  } catch (error) {
    await kysely.destroy();
    throw error;
  }
  return {
    kind: "postgres",
    kysely,
    failure: () => undefined,
    jobOptions: { connectionString: url, max: 4, backend },
    tuneFold: IS_POSTGRES[backend] ? tuneFold : async () => {},
    ...(IS_POSTGRES[backend] && {
      listen: (channel, listener) => listenToPostgres(url, channel, { ...listener, onError }),
    }),
    tidy: async () => {},
    close: () => kysely.destroy(),
  };
}
