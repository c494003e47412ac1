import { setImmediate } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import type { Logger } from "pino";
import type { Tables } from "../../database/schema.ts";
import { toLoggable } from "../../loggable-error.ts";
import { indexRefs, unindexedApps } from "../../records/ref-index.ts";
import { dropFoldedPages } from "../drop-staged.ts";

/**
 * Does in the background what follows a fold: drops its pages and brings the index of refs up to date, in small steps.
 * Nobody waits for it. Several processes may follow the same folds: each step locks what it works on.
 */
export class FoldFollower {
  readonly #database: Kysely<Tables>;
  readonly #logger: Logger;
  #isClosed = false;
  /** A fold has ended since the apps were looked for. */
  #isBehind = false;
  #running: Promise<void> | undefined;

  constructor(database: Kysely<Tables>, logger: Logger) {
    this.#database = database;
    this.#logger = logger;
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
        for (const appId of await appsToFollow(this.#database)) await this.#follow(appId);
      }
    } catch (error) {
      this.#logger.error({ error: toLoggable(error) }, "what follows a fold failed; it is tried again");
    }
  }

  async #follow(appId: string): Promise<void> {
    const step = async () => (await dropFoldedPages(this.#database, appId)) || indexRefs(this.#database, appId);
    // PGlite works without ever letting go of the thread: requests get their turn between the steps.
    do await setImmediate();
    while (!this.#isClosed && (await step()));
  }
}

async function appsToFollow(database: Kysely<Tables>): Promise<Set<string>> {
  const { rows } = await sql<{ app_id: string }>`
    select distinct app_id from sync_sessions session
    where fold = 'done' and exists (select from sync_pages where session_id = session.id)
  `.execute(database);
  return new Set([...rows.map(({ app_id }) => app_id), ...(await unindexedApps(database))]);
}
