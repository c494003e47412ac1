import { sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { BridgeContext } from "../../bridge-context.ts";
import { toLoggable } from "../../loggable-error.ts";
import type { PagePlace } from "./page-target.ts";

const INTERVAL_MS = 2_000;

type ProgressContext = Pick<BridgeContext, "database" | "events" | "logger" | "stopping">;

/** Publishes the progress of sessions: at once, and then at most every two seconds as long as there is more of it. */
export class SyncProgressReporter {
  readonly #context: ProgressContext;
  /** Sessions whose progress was just published, and whether there has been more since. */
  readonly #resting = new Map<string, boolean>();

  constructor(context: ProgressContext) {
    this.#context = context;
  }

  /** Resolves once it is done. A page does not wait for it, so a failure is only logged. */
  async report(place: PagePlace): Promise<void> {
    const { logger, stopping } = this.#context;
    if (stopping.aborted) return;
    if (this.#resting.has(place.syncId)) {
      this.#resting.set(place.syncId, true);
      return;
    }
    this.#resting.set(place.syncId, false);
    setTimeout(() => this.#endRest(place), INTERVAL_MS).unref();
    await this.#publish(place).catch((error: unknown) => {
      if (stopping.aborted) return;
      logger.warn({ error: toLoggable(error), syncId: place.syncId }, "the progress of a sync could not be published");
    });
  }

  #endRest(place: PagePlace): void {
    const hasMore = this.#resting.get(place.syncId);
    this.#resting.delete(place.syncId);
    if (hasMore) void this.report(place);
  }

  async #publish({ orgId, appId, syncId }: PagePlace): Promise<void> {
    const { database, events } = this.#context;
    // Overlapping pages count all of their records; the end of the session counts exactly.
    const { rows: counts } = await sql<components["schemas"]["EventCount"]>`
      select slug, sum(record_count)::int as synced_count from sync_pages
      where session_id = ${syncId} group by slug order by slug
    `.execute(database);
    await database.transaction().execute(async (transaction) => {
      // Waits for an end in progress, and an end waits for this, so progress is never published after it.
      const open = await transaction
        .selectFrom("sync_sessions")
        .select("id")
        .where("id", "=", syncId)
        .where("status", "=", "in_progress")
        .forShare()
        .executeTakeFirst();
      if (open === undefined) return;
      const progress = {
        type: "sync.progress",
        app_id: appId,
        sync_id: syncId,
        status: "in_progress",
        counts,
      } as const;
      await events.publish(transaction, orgId, progress);
    });
  }
}
