import { type Kysely, sql } from "kysely";
import type { Logger } from "pino";
import type { components } from "@bridgekit/client";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Tables } from "../database/schema.ts";
import { toLoggable } from "../loggable-error.ts";
import { EventHub, type Hearer, type Notice } from "./event-hub.ts";
import { EventPoller } from "./event-poller.ts";

type Event = components["schemas"]["Event"];

const CHANNEL = "bridge_events";

/** What happens in the organisations, written down in the order of the commits. */
export interface EventLog {
  /**
   * Writes events in the transaction that makes them true, so neither exists without the other. It locks the
   * organisation until the commit: call it last, or write only new rows after it. Answers the number of the last event.
   */
  publish(transaction: Kysely<Tables>, orgId: string, ...events: Omit<Event, "at">[]): Promise<number>;
  /**
   * Calls back after each commit that published something in the organisation, in this process or another one; within
   * a second, and without a notice, where the database has no NOTIFY. Resolves once nothing can be missed any more,
   * and answers how to stop it.
   */
  subscribe(orgId: string, hearer: Hearer): Promise<() => void>;
  close(): Promise<void>;
}

export async function createEventLog(
  { kysely, listen }: OpenDatabase,
  { now, logger }: { now: () => Date; logger: Logger },
): Promise<EventLog> {
  const hub = new EventHub();
  const onNotice = (payload: string) => {
    const notice = JSON.parse(payload) as Notice;
    hub.tell(notice.orgId, notice);
  };
  const listening = await listen?.(CHANNEL, { onNotice, onGap: () => hub.tellAll() });
  const poller =
    listening === undefined
      ? new EventPoller(kysely, hub, (error) =>
          logger.error({ error: toLoggable(error) }, "could not look for new events"),
        )
      : undefined;

  return {
    async publish(transaction, orgId, ...events) {
      const last = await write(transaction, orgId, events, now());
      if (listening !== undefined) await notify(transaction, orgId, events);
      return last;
    },

    async subscribe(orgId, hearer) {
      const unsubscribe = hub.add(orgId, hearer);
      try {
        await poller?.watch(orgId);
      } catch (error) {
        unsubscribe();
        throw error;
      }
      return unsubscribe;
    },

    async close() {
      await listening?.close();
      await poller?.close();
    },
  };
}

async function write(
  transaction: Kysely<Tables>,
  orgId: string,
  events: readonly Omit<Event, "at">[],
  at: Date,
): Promise<number> {
  const { event_sequence } = await transaction
    .updateTable("orgs")
    .set((row) => ({ event_sequence: row("event_sequence", "+", events.length) }))
    .where("id", "=", orgId)
    .returning("event_sequence")
    .executeTakeFirstOrThrow();
  // PostgreSQL's driver reads a bigint as text.
  const last = Number(event_sequence);
  const rows = events.map((event, index) => ({
    org_id: orgId,
    sequence: last - events.length + 1 + index,
    app_id: event.app_id,
    data: JSON.stringify({ ...event, at: at.toISOString() }),
    created_at: at,
  }));
  await transaction.insertInto("events").values(rows).execute();
  return last;
}

async function notify(transaction: Kysely<Tables>, orgId: string, events: readonly Omit<Event, "at">[]): Promise<void> {
  const notices = events.map(({ app_id, type }) => JSON.stringify({ orgId, appId: app_id, type } satisfies Notice));
  // The same notice twice is delivered once, which is enough.
  await sql`select pg_notify(${CHANNEL}, payload) from unnest(${[...new Set(notices)]}::text[]) notice (payload)`.execute(
    transaction,
  );
}
