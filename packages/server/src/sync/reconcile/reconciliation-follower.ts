import { setImmediate } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { Tables } from "../../database/schema.ts";
import type { Metrics } from "../../operations/metrics.ts";
import { toLoggable } from "../../loggable-error.ts";
import { indexRefs, unindexedApps } from "../../records/ref-index.ts";

const LONGEST_PAUSE_SECONDS = 300;

/**
 * Updates the index of refs after reconciliations, in small steps in the background. Several processes may do it at
 * once: each step locks what it works on. An app whose step fails pauses, longer each time, while the others continue.
 */
export class ReconciliationFollower {
  readonly #database: Kysely<Tables>;
  readonly #logger: Logger;
  readonly #metrics: Metrics;
  /** Apps whose last step failed, with the number of failures in a row. */
  readonly #failures = new Map<string, number>();
  /** Those of them that are pausing. */
  readonly #paused = new Set<string>();
  #isClosed = false;
  /** A reconciliation has ended since the apps were read. */
  #isBehind = false;
  #running: Promise<void> | undefined;

  constructor(database: Kysely<Tables>, { logger, metrics }: { logger: Logger; metrics: Metrics }) {
    this.#database = database;
    this.#logger = logger;
    this.#metrics = metrics;
  }

  wake(): void {
    this.#isBehind = true;
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  /** Stops after the current step; the next start does the rest. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#isBehind && !this.#isClosed) {
        this.#isBehind = false;
        const apps = new Set(await unindexedApps(this.#database));
        for (const appId of this.#failures.keys()) if (!apps.has(appId)) this.#failures.delete(appId);
        for (const appId of apps) if (!this.#paused.has(appId)) await this.#tryToFollow(appId);
      }
    } catch (error) {
      this.#logger.error({ error: toLoggable(error) }, "the apps to index could not be read; retrying");
    }
  }

  async #tryToFollow(appId: string): Promise<void> {
    try {
      await this.#follow(appId);
      this.#failures.delete(appId);
    } catch (error) {
      const attempts = (this.#failures.get(appId) ?? 0) + 1;
      const seconds = Math.min(LONGEST_PAUSE_SECONDS, 2 ** (attempts - 1));
      this.#failures.set(appId, attempts);
      this.#paused.add(appId);
      setTimeout(() => {
        this.#paused.delete(appId);
        this.wake();
      }, seconds * 1000).unref();
      this.#metrics.indexFailed();
      this.#logger.error(
        { error: toLoggable(error), appId, attempts, seconds },
        "the index of members of an app failed; it is retried after a pause, and members are found more slowly until then",
      );
    }
  }

  async #follow(appId: string): Promise<void> {
    // PGlite never yields the thread: requests run between the steps.
    do await setImmediate();
    while (!this.#isClosed && (await indexRefs(this.#database, appId)));
  }
}
