import { sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { BridgeContext } from "../../bridge-context.ts";
import { toLoggable } from "../../loggable-error.ts";
import type { PagePlace } from "./page-target.ts";

const INTERVAL_MS = 2_000;

/** Publishes how far sessions are, each at most every two seconds. */
export class SyncProgressReporter {
  readonly #context: BridgeContext;
  readonly #resting = new Set<string>();

  constructor(context: BridgeContext) {
    this.#context = context;
  }

  /** Costs the page nothing: it is done behind its back, and a failure is logged and no more. */
  report(place: PagePlace): void {
    const { logger, stopping } = this.#context;
    if (stopping.aborted || this.#resting.has(place.syncId)) return;
    this.#resting.add(place.syncId);
    setTimeout(() => this.#resting.delete(place.syncId), INTERVAL_MS).unref();
    this.#publish(place).catch((error: unknown) => {
      if (stopping.aborted) return;
      logger.warn({ error: toLoggable(error), syncId: place.syncId }, "the progress of a sync could not be published");
    });
  }

  async #publish({ orgId, appId, syncId }: PagePlace): Promise<void> {
    const { database, events } = this.#context;
    // Pages that overlap count with all of their records; the end of the session counts exactly.
    const { rows: counts } = await sql<components["schemas"]["EventCount"]>`
      select slug, sum(record_count)::int as synced_count from sync_pages
      where session_id = ${syncId} group by slug order by slug
    `.execute(database);
    await database.transaction().execute(async (transaction) => {
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
