import {
  type DialectAdapter,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresDialect,
  type PostgresDialectConfig,
} from "kysely";
import type { MigrationLockOptions } from "kysely";
import type { Pool, PoolClient } from "pg";
import type { FairQueue } from "../fair-queue.ts";
import { FairDriver } from "./fair-driver.ts";
import { UNLIMITED } from "./tune.ts";

interface RowLockOptions extends Pick<PostgresDialectConfig, "onCreateConnection"> {
  /** Connections for which callers wait in turn. */
  queue?: FairQueue;
}

/**
 * PostgreSQL with a row lock for migrations in place of an advisory lock, which YugabyteDB and CockroachDB may lack.
 * The lock has its own connection: on those databases a statement that changes a table may end its transaction, and the
 * lock would end with it. A process that dies loses its connection and so its lock.
 */
export class RowLockDialect extends PostgresDialect {
  readonly #pool: Pool;
  readonly #queue: FairQueue | undefined;

  constructor(pool: Pool, { queue, ...options }: RowLockOptions = {}) {
    super({ ...options, pool });
    this.#pool = pool;
    this.#queue = queue;
  }

  override createDriver(): Driver {
    const driver = super.createDriver();
    return this.#queue === undefined ? driver : new FairDriver(driver, this.#queue);
  }

  override createAdapter(): DialectAdapter {
    return new RowLockAdapter(this.#pool);
  }
}

class RowLockAdapter extends PostgresAdapter {
  readonly #pool: Pool;
  #holder: PoolClient | undefined;

  constructor(pool: Pool) {
    super();
    this.#pool = pool;
  }

  override async acquireMigrationLock(_database: Kysely<any>, { lockTable, lockRowId }: MigrationLockOptions) {
    const holder = await this.#pool.connect();
    this.#holder = holder;
    holder.on("error", () => {});
    await holder.query("begin");
    // It waits for other processes, and is idle while the migrations run.
    await holder.query(UNLIMITED);
    await holder.query(`select id from ${holder.escapeIdentifier(lockTable)} where id = $1 for update`, [lockRowId]);
  }

  override async releaseMigrationLock() {
    const holder = this.#holder;
    this.#holder = undefined;
    // Ends the transaction, in whatever state it is, with the connection.
    holder?.release(true);
  }
}
