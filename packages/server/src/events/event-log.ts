import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Tables } from "../database/schema.ts";

type Event = components["schemas"]["Event"];

/** What happens in the organisations, written down in the order of the commits. */
export interface EventLog {
  /**
   * Writes an event in the transaction that makes it true, so neither exists without the other. It locks the
   * organisation until the commit: call it last.
   */
  publish(transaction: Kysely<Tables>, orgId: string, event: Omit<Event, "at">): Promise<void>;
}

export function createEventLog(_database: OpenDatabase, { now }: { now: () => Date }): EventLog {
  return {
    async publish(transaction, orgId, event) {
      const at = now();
      const { event_sequence } = await transaction
        .updateTable("orgs")
        .set((row) => ({ event_sequence: row("event_sequence", "+", 1) }))
        .where("id", "=", orgId)
        .returning("event_sequence")
        .executeTakeFirstOrThrow();
      await transaction
        .insertInto("events")
        .values({
          org_id: orgId,
          sequence: event_sequence,
          app_id: event.app_id,
          data: JSON.stringify({ ...event, at: at.toISOString() }),
          created_at: at,
        })
        .execute();
    },
  };
}
