import { setImmediate } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { Tables } from "../../database/schema.ts";
import type { Metrics } from "../../operations/metrics.ts";
import { toLoggable } from "../../loggable-error.ts";
import { indexRefs, unindexedApps } from "../../records/ref-index.ts";

const LONGEST_PAUSE_SECONDS = 300;

/**
 * Does in the background what follows a reconciliation: brings the index of refs up to date, in small steps.
 * Nobody waits for it. Several processes may follow the same reconciliations: each step locks what it works on. An app whose step
 * fails waits, longer each time, and the others go on.
 */
export class ReconciliationFollower {
  readonly #database: Kysely<Tables>;
  readonly #logger: Logger;
  readonly #metrics: Metrics;
  /** Apps whose last step failed: how often in a row. */
  readonly #failures = new Map<string, number>();
  /** Those of them that nobody tries again yet. */
  readonly #paused = new Set<string>();
  #isClosed = false;
  /** A reconciliation has ended since the apps were looked for. */
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

  /** Ends after the step that is under way; the rest is done by the next start. */
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
      this.#logger.error(
        { error: toLoggable(error) },
        "the apps to index could not be read; they are looked for again",
      );
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
        "the index of members of an app fails; it is tried again after a pause, and meanwhile members are found slowly",
      );
    }
  }

  async #follow(appId: string): Promise<void> {
    // PGlite works without ever letting go of the thread: requests get their turn between the steps.
    do await setImmediate();
    while (!this.#isClosed && (await indexRefs(this.#database, appId)));
  }
}
