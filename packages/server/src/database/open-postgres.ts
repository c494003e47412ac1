import { setTimeout as sleep } from "node:timers/promises";
import { CompiledQuery, Kysely, sql } from "kysely";
import { Pool, type PoolClient, type PoolConfig, TypeOverrides, types } from "pg";
import { BridgeClient, type Preparing } from "./bridge-client.ts";
import { JOB_SCHEMA } from "./check-job-schema.ts";
import { FairQueue } from "../fair-queue.ts";
import { listenToPostgres } from "./listen.ts";
import { migrate } from "./migrate.ts";
import type { DatabaseBackend, OpenDatabase } from "./database.ts";
import { RowLockDialect } from "./row-lock-dialect.ts";
import type { Tables } from "./schema.ts";
import { PLANNING, tuneReconciliation, tuneStorage, UNLIMITED } from "./tune.ts";

// Reads a bigint as a number, as PGlite does: those of the Bridge are counters far below the limit.
const typeParsers = new TypeOverrides();
typeParsers.setTypeParser(types.builtins.INT8, Number);

// Citus is an extension of PostgreSQL. CockroachDB has no LISTEN, YugabyteDB disables it by default, and both lack some
// of PostgreSQL's settings.
const IS_POSTGRES: Readonly<Record<DatabaseBackend, boolean>> = {
  postgres: true,
  citus: true,
  yugabytedb: false,
  cockroachdb: false,
};

const MOST_CONNECTIONS = 14;
const MOST_OF_JOBS = 4;
/** The part of them that calls may use; the others are for background work, such as reconciliations. */
const MOST_OF_CALLS = 8;
/** The part that calls of one organisation may use, so that its slow statements leave some to the others. */
const MOST_OF_ORG = 5;
/** How long a request waits for a connection. */
const ACQUIRE_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 30_000;
// The database ends a statement that takes too long. If nothing comes at all, the connection is dead.
const SILENCE_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 15_000;
const KEEP_ALIVE_MS = 10_000;
const CLOSE_TIMEOUT_MS = 30_000;
// After a failover a busy connection might otherwise stay on a server that is a standby now, or on a leaving one.
const LONGEST_CONNECTION_SECONDS = 300;

/** Time limits in milliseconds; for tests. */
interface PostgresTimeouts {
  acquire?: number;
  statement?: number;
  silence?: number;
  close?: number;
}

export interface PostgresOptions {
  url: string;
  backend?: DatabaseBackend;
  /** Prepares the tables. */
  prepare?: (database: Kysely<Tables>) => Promise<void>;
  onError: (error: Error) => void;
  timeouts?: PostgresTimeouts;
}

/** Opens a PostgreSQL, or a compatible database, and brings its tables up to date. */
export async function openPostgres({
  url,
  backend = "postgres",
  prepare = migrate,
  onError,
  timeouts: {
    acquire = ACQUIRE_TIMEOUT_MS,
    statement = STATEMENT_TIMEOUT_MS,
    silence = SILENCE_TIMEOUT_MS,
    close = CLOSE_TIMEOUT_MS,
  } = {},
}: PostgresOptions): Promise<OpenDatabase> {
  await prepareTables(url, { backend, prepare });
  const pool = createPool(url, { acquire, silence, onError });
  const queue = new FairQueue({ most: MOST_OF_CALLS, mostEach: MOST_OF_ORG, patienceMs: acquire });
  const kysely = new Kysely<Tables>({
    dialect: new RowLockDialect(pool, {
      queue,
      // Not as a startup parameter, which a pooler may refuse.
      onCreateConnection: async (connection) => {
        await connection.executeQuery(CompiledQuery.raw(`set statement_timeout = ${statement}`));
        if (IS_POSTGRES[backend])
          for (const setting of PLANNING) await connection.executeQuery(CompiledQuery.raw(setting));
      },
    }),
  });
  return {
    kind: "postgres",
    product: { name: backend, folder: undefined },
    kysely,
    failure: () => undefined,
    jobOptions: { ...poolOfJobs(url, { acquire, silence }), schema: JOB_SCHEMA, createSchema: false, backend },
    tuneReconciliation: IS_POSTGRES[backend] ? tuneReconciliation : async () => {},
    ...(IS_POSTGRES[backend] && {
      listen: (channel, listener) => listenToPostgres(url, channel, { ...listener, onError }),
    }),
    load: () => ({
      busy: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount + queue.waiting,
    }),
    analyze: async () => {},
    tidy: async () => {},
    close: async () => {
      const timer = new AbortController();
      const isLate = sleep(close, true, { signal: timer.signal }).catch(() => false);
      if (await Promise.race([kysely.destroy().then(() => false), isLate])) pool.destroyAll();
      timer.abort();
    },
  };
}

/** On separate connections: changes of large tables may take longer than any other statement. */
async function prepareTables(
  url: string,
  { backend, prepare }: Required<Pick<PostgresOptions, "backend" | "prepare">>,
): Promise<void> {
  const pool = new Pool({
    connectionString: url,
    max: 2,
    types: typeParsers,
    ...keepAlive(),
    onConnect: async (client) => void (await client.query(UNLIMITED)),
  });
  pool.on("error", () => {});
  // One that breaks while it is in use would otherwise end the process; its statement fails all the same.
  pool.on("connect", (client) => client.on("error", () => {}));
  const database = new Kysely<Tables>({ dialect: new RowLockDialect(pool) });
  try {
    await prepare(database);
    await createJobSchema(database);
    if (IS_POSTGRES[backend]) await tuneStorage(database);
  } finally {
    await database.destroy();
  }
}

/** pg-boss would fail where another process creates it at the same time, although it says `if not exists`. */
async function createJobSchema(database: Kysely<Tables>): Promise<void> {
  const { rows } = await sql`select 1 from pg_namespace where nspname = ${JOB_SCHEMA}`.execute(database);
  if (rows.length > 0) return;
  const create = () => sql`create schema if not exists ${sql.ref(JOB_SCHEMA)}`.execute(database);
  await create().catch(create);
}

function keepAlive() {
  return { keepAlive: true, keepAliveInitialDelayMillis: KEEP_ALIVE_MS };
}

type Limits = Required<Pick<PostgresTimeouts, "acquire" | "silence">>;

/** Settings of a pool that replaces connections that no longer respond, and those of a server that is a standby now. */
function lasting(url: string, { acquire, silence }: Limits): PoolConfig {
  return {
    connectionString: url,
    Client: BridgeClient,
    connectionTimeoutMillis: acquire,
    query_timeout: silence,
    maxLifetimeSeconds: LONGEST_CONNECTION_SECONDS,
    ...keepAlive(),
  };
}

/** The connections of pg-boss, which passes on to its pool what its types do not name. */
function poolOfJobs(url: string, limits: Limits): { connectionString: string; max: number } {
  return { ...lasting(url, limits), connectionString: url, max: MOST_OF_JOBS };
}

interface PoolOptions extends Limits {
  onError: (error: Error) => void;
}

/** A pool whose connections can be destroyed all at once. */
function createPool(url: string, { acquire, silence, onError }: PoolOptions): Pool & { destroyAll(): void } {
  const clients = new Set<PoolClient>();
  // Passed to each client, which @types/pg does not say.
  const settings: PoolConfig & { preparing: Preparing } = {
    ...lasting(url, { acquire, silence }),
    preparing: { isPossible: true },
    max: MOST_CONNECTIONS,
    types: typeParsers,
  };
  const pool = new Pool(settings);
  // A connection that breaks would otherwise end the process: the pool handles only errors of idle ones.
  pool.on("error", onError);
  pool.on("connect", (client) => {
    clients.add(client);
    client.on("error", onError);
  });
  pool.on("remove", (client) => clients.delete(client));
  return Object.assign(pool, {
    destroyAll() {
      for (const client of clients) if (client instanceof BridgeClient) client.discard("the Bridge is closed");
    },
  });
}
