import type { Kysely } from "kysely";
import type { ConstructorOptions } from "pg-boss";
import type { DatabaseFailure } from "./embedded/database-failure.ts";
import type { Listen } from "./listen.ts";
import type { Tables } from "./schema.ts";

/** The database at the URL: PostgreSQL itself, or one that speaks its protocol. */
export type DatabaseBackend = "postgres" | "citus" | "yugabytedb" | "cockroachdb";

/**
 * Where the Bridge stores its data; the backend is `postgres` by default. PGlite without a `dataDir` is in memory, and
 * may start from `loadDataDir`, made by `dumpDataDir` of the same version of PGlite.
 */
export type DatabaseOptions =
  | { kind: "pglite"; dataDir?: string; loadDataDir?: never }
  | { kind: "pglite"; dataDir?: never; loadDataDir: Blob }
  | { kind: "postgres"; url: string; backend?: DatabaseBackend };

/** The number of connections and of callers that wait for one. */
export interface ConnectionLoad {
  busy: number;
  idle: number;
  waiting: number;
}

/** What the database is, for people. */
export interface DatabaseProduct {
  name: "embedded" | DatabaseBackend;
  /** Where the embedded database keeps its files; undefined if it keeps none here. */
  folder: string | undefined;
}

export interface OpenDatabase {
  kind: DatabaseOptions["kind"];
  product: DatabaseProduct;
  kysely: Kysely<Tables>;
  /** Why the database can't be used again before the process ends; undefined while it can. */
  failure: () => DatabaseFailure | undefined;
  /** What pg-boss needs to run on the same database. */
  jobOptions: ConstructorOptions;
  /** Absent if the database has no LISTEN and NOTIFY; changes are polled then. */
  listen?: Listen;
  /** Speeds up a reconciliation by settings for its transaction, if the database has them. */
  tuneReconciliation(transaction: Kysely<Tables>): Promise<void>;
  load(): ConnectionLoad;
  /** Updates the planner's statistics after a reconciliation, if the database does not do so by itself. */
  analyze(): Promise<void>;
  /** Frees the space of deleted rows, if the database does not do so by itself. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}
