import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from "kysely";
import { currentCaller, mayLeave } from "../caller.ts";
import { FairQueue } from "../../fair-queue.ts";
import type { ConnectionLoad } from "../database.ts";
import { isFlushedLater } from "../flushed-later.ts";
import type { Engine } from "./engine.ts";

/** PostgreSQL without the features that need a second connection. */
class EmbeddedAdapter extends PostgresAdapter {
  // There is one process on the folder, with one connection.
  override async acquireMigrationLock() {}
  override async releaseMigrationLock() {}
}

/**
 * PGlite's one connection, used by one caller at a time. The organisations take turns, and so does background work.
 *
 * Commits share flushes: a writer releases the connection and then waits for a flush that began after its commit. A
 * reader waits too while anything is not flushed, so nobody sees a commit that a power failure could still undo.
 * PostgreSQL itself writes no table to the disk before the log that explains it.
 */
export class EmbeddedDriver implements Driver {
  readonly #engine: Engine;
  readonly #isDurable: boolean;
  readonly #connection: EmbeddedConnection;
  readonly #queue = new FairQueue({ most: 1, mostEach: 1 });
  #leave: () => void = () => {};
  #isDirty = false;
  #nextFlush: Promise<void> | undefined;
  /** The end of the log at the last flush. */
  #flushedTo = "0/0";

  constructor(engine: Engine, { isDurable }: { isDurable: boolean }) {
    this.#engine = engine;
    this.#isDurable = isDurable;
    this.#connection = new EmbeddedConnection(engine);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const caller = currentCaller();
    await this.#enter(mayLeave(caller));
    if (caller !== undefined) caller.hasBegun = true;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    const hasWritten = this.#connection.takeWritten();
    this.#isDirty ||= hasWritten;
    this.#leave();
    if (this.#isDirty && this.#isDurable) await (this.#nextFlush ??= this.#flush());
  }

  /** For writes past the connection by its holder. */
  noteWrite(): void {
    this.#connection.noteWrite();
  }

  async beginTransaction(
    _connection: DatabaseConnection,
    { isolationLevel, accessMode }: Parameters<Driver["beginTransaction"]>[1],
  ): Promise<void> {
    const level = isolationLevel ? ` isolation level ${isolationLevel}` : "";
    await this.#engine.query(`begin${level}${accessMode ? ` ${accessMode}` : ""}`);
  }

  async commitTransaction(): Promise<void> {
    await this.#engine.query("commit");
  }

  async rollbackTransaction(): Promise<void> {
    await this.#engine.query("rollback");
  }

  async destroy(): Promise<void> {
    await this.#enter();
    await this.#engine.close();
    this.#leave();
  }

  /** The connection and the callers that wait for it. */
  load(): ConnectionLoad {
    const { inUse, waiting } = this.#queue;
    return { busy: inUse, idle: 1 - inUse, waiting };
  }

  /**
   * Waits for its turn. A flush queues as its writer's organisation, behind the organisation's other callers, so that
   * they share it.
   */
  async #enter(gone?: AbortSignal): Promise<void> {
    this.#leave = await this.#queue.enter(currentCaller()?.orgId ?? "", gone);
  }

  async #flush(): Promise<void> {
    await this.#enter();
    // Later commits need the next flush.
    this.#nextFlush = undefined;
    this.#isDirty = false;
    try {
      // A message that nobody reads; it flushes everything before it (PostgreSQL 17 and later).
      const { rows } = await this.#engine.query<{ end: string | null }>(
        `select case when pg_current_wal_insert_lsn() > $1::pg_lsn
           then pg_logical_emit_message(false, 'bridge', '', true) end::text as "end"`,
        [this.#flushedTo],
      );
      this.#flushedTo = rows[0]?.end ?? this.#flushedTo;
    } finally {
      this.#leave();
    }
  }
}

const READ = /^\s*(?:\/\*.*?\*\/\s*)?(?:select|show|set|begin|rollback|savepoint|release)\b/is;

class EmbeddedConnection implements DatabaseConnection {
  readonly #engine: Engine;
  #hasWritten = false;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    this.#hasWritten ||= !READ.test(sql) && !isFlushedLater(sql);
    const { rows, affectedRows } = await this.#engine.query(sql, [...parameters]);
    return { rows, ...(affectedRows !== undefined && { numAffectedRows: BigInt(affectedRows) }) };
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error("The embedded database returns a result as a whole.");
  }

  noteWrite(): void {
    this.#hasWritten = true;
  }

  takeWritten(): boolean {
    const hasWritten = this.#hasWritten;
    this.#hasWritten = false;
    return hasWritten;
  }
}

export function createEmbeddedDialect(driver: EmbeddedDriver): Dialect {
  return {
    createAdapter: () => new EmbeddedAdapter(),
    createDriver: () => driver,
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}
