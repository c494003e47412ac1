import { Kysely, PostgresDialect } from "kysely";
import type { ConstructorOptions } from "pg-boss";
import { JOB_SCHEMA, migrate } from "./migrate.ts";
import { openPool, STATEMENT_TIMEOUT_MS } from "./open-pool.ts";
import type { Tables } from "./tables.ts";

/** PostgreSQL itself, or a database that speaks its protocol. */
export type FleetBackend = "postgres" | "citus" | "yugabytedb" | "cockroachdb";

export interface FleetDatabaseOptions {
  url: string;
  /** `postgres` by default. */
  backend?: FleetBackend;
  /** Most connections of this process; 10 by default. */
  connections?: number;
  /** For how long a statement may have no response; for tests. */
  silenceMs?: number;
  /** Called if an idle connection breaks; the next statement opens another. */
  onError: (error: Error) => void;
}

export interface FleetDatabase {
  kysely: Kysely<Tables>;
  /** What pg-boss needs to run on the same connections. */
  jobOptions: ConstructorOptions;
  close: () => Promise<void>;
}

/** SQLSTATE of a statement that the user may not make. */
const NO_RIGHT = "42501";
const WHICH_RIGHTS =
  `. Its user needs the right to create schemas (grant create on database ... to ...), or has to own the schemas fleet and ` +
  `${JOB_SCHEMA} (create schema ... authorization ...)`;

/**
 * Opens the fleet's database and brings its tables up to date.
 *
 * @throws Error that names the database, without its password.
 */
export async function openDatabase({
  url,
  backend = "postgres",
  connections = 10,
  silenceMs = STATEMENT_TIMEOUT_MS,
  onError,
}: FleetDatabaseOptions): Promise<FleetDatabase> {
  const pool = openPool({ url, connections, silenceMs, onError });
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const end = async () => {
    await kysely.destroy();
    // Kysely ends only a pool that it has used.
    if (!pool.ending) await pool.end();
  };
  try {
    await migrate(pool);
  } catch (error) {
    await end();
    const { message, code } = error as Error & { code?: string };
    throw new Error(`${describe(url)} can't be opened: ${message}${code === NO_RIGHT ? WHICH_RIGHTS : ""}`, {
      cause: error,
    });
  }
  return {
    kysely: kysely.withSchema("fleet"),
    jobOptions: {
      db: { executeSql: (text, values) => pool.query(text, values) },
      schema: JOB_SCHEMA,
      createSchema: false,
      backend,
    },
    close: end,
  };
}

function describe(url: string): string {
  const { host, pathname } = URL.parse(url) ?? {};
  return host === undefined ? "The fleet's database" : `The fleet's database at ${host}${pathname}`;
}
