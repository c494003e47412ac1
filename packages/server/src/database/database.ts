import type { Kysely } from "kysely";
import type { ConstructorOptions } from "pg-boss";
import type { DatabaseFailure } from "./embedded/database-failure.ts";
import type { Listen } from "./listen.ts";
import type { Tables } from "./schema.ts";

/** What answers at the address of a PostgreSQL: itself, or a database that speaks its language. */
export type DatabaseBackend = "postgres" | "citus" | "yugabytedb" | "cockroachdb";

/**
 * Where the Bridge keeps its data; the backend is `postgres` by default. PGlite without a `dataDir` lives in memory, and
 * may begin there as `loadDataDir`, which `dumpDataDir` of the same version of PGlite made.
 */
export type DatabaseOptions =
  | { kind: "pglite"; dataDir?: string; loadDataDir?: never }
  | { kind: "pglite"; dataDir?: never; loadDataDir: Blob }
  | { kind: "postgres"; url: string; backend?: DatabaseBackend };

/** How many connections there are, and how many callers wait for one. */
export interface ConnectionLoad {
  busy: number;
  idle: number;
  waiting: number;
}

export interface OpenDatabase {
  kind: DatabaseOptions["kind"];
  kysely: Kysely<Tables>;
  /** Why the database can't be used again before the process ends; undefined while it can. */
  failure: () => DatabaseFailure | undefined;
  /** What pg-boss needs to run on the same database. */
  jobOptions: ConstructorOptions;
  /** Absent where the database has no LISTEN and NOTIFY: who waits for something asks again and again there. */
  listen?: Listen;
  /** Lets a reconciliation have what speeds it up, for its transaction, where the database knows such settings. */
  tuneReconciliation(transaction: Kysely<Tables>): Promise<void>;
  load(): ConnectionLoad;
  /** Has the planner know what a reconciliation has changed, where the database does not see to it by itself. */
  analyze(): Promise<void>;
  /** Gives back the room of deleted rows, where the database does not do so by itself. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}
