import type { DatabaseConnection, Driver } from "kysely";
import { currentCaller, mayLeave } from "./caller.ts";
import type { FairQueue } from "../fair-queue.ts";

/** Queues the calls of the organisations, which take turns; background work gets connections directly. */
export class FairDriver implements Driver {
  readonly #inner: Driver;
  readonly #queue: FairQueue;
  readonly #leave = new WeakMap<DatabaseConnection, () => void>();

  constructor(inner: Driver, queue: FairQueue) {
    this.#inner = inner;
    this.#queue = queue;
  }

  init: Driver["init"] = (options) => this.#inner.init(options);

  async acquireConnection(options?: Parameters<Driver["acquireConnection"]>[0]): Promise<DatabaseConnection> {
    const caller = currentCaller();
    if (caller === undefined) return this.#inner.acquireConnection(options);
    const leave = await this.#queue.enter(caller.orgId, mayLeave(caller));
    try {
      const connection = await this.#inner.acquireConnection(options);
      this.#leave.set(connection, leave);
      caller.hasBegun = true;
      return connection;
    } catch (error) {
      leave();
      throw error;
    }
  }

  async releaseConnection(...args: Parameters<Driver["releaseConnection"]>): Promise<void> {
    const [connection] = args;
    const leave = this.#leave.get(connection);
    this.#leave.delete(connection);
    try {
      await this.#inner.releaseConnection(...args);
    } finally {
      leave?.();
    }
  }

  beginTransaction: Driver["beginTransaction"] = (...args) => this.#inner.beginTransaction(...args);
  commitTransaction: Driver["commitTransaction"] = (...args) => this.#inner.commitTransaction(...args);
  rollbackTransaction: Driver["rollbackTransaction"] = (...args) => this.#inner.rollbackTransaction(...args);
  destroy: Driver["destroy"] = (...args) => this.#inner.destroy(...args);
}
