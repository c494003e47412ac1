import { type Kysely, sql } from "kysely";
import type { Logger } from "pino";
import type { components } from "@bridgekit/client";
import type { OpenDatabase } from "../database/database.ts";
import { prepared } from "../database/prepared.ts";
import type { Tables } from "../database/schema.ts";
import { toLoggable } from "../loggable-error.ts";
import { orgIsGone } from "../orgs/keep-org.ts";
import { EventHub, type Listener, type Notice } from "./event-hub.ts";
import { EventPoller } from "./event-poller.ts";

type Event = components["schemas"]["Event"];

const CHANNEL = "bridge_events";

/** The events of the organisations, in the order of the commits. */
export interface EventLog {
  /**
   * Writes events in the transaction that makes them true, so neither exists without the other, and returns the number
   * of the last one. Locks the organisation until the commit: call it last, or write only new rows after it.
   */
  publish(transaction: Kysely<Tables>, orgId: string, ...events: Omit<Event, "at">[]): Promise<number>;
  /**
   * Calls back after each commit that published something in the organisation, in any process. If the database has no
   * NOTIFY, this takes up to a second and there is no notice. Resolves once nothing can be missed, to a function that
   * ends the subscription.
   */
  subscribe(orgId: string, listener: Listener): Promise<() => void>;
  /** The number of subscriptions in this process. */
  listenerCount(): number;
  close(): Promise<void>;
}

export async function createEventLog(
  { kysely, listen }: OpenDatabase,
  { now, logger, onOrgDeleted }: { now: () => Date; logger: Logger; onOrgDeleted: (orgId: string) => void },
): Promise<EventLog> {
  const hub = new EventHub();
  // A listener checks its key and finds that it is gone.
  const endOrg = (orgId: string) => {
    onOrgDeleted(orgId);
    hub.notify(orgId);
  };
  const onNotice = (payload: string) => {
    const notice = JSON.parse(payload) as Notice;
    if (notice.type === "org.deleted") endOrg(notice.orgId);
    else hub.notify(notice.orgId, notice);
  };
  const listening = await listen?.(CHANNEL, { onNotice, onGap: () => hub.notifyAll() });
  const poller =
    listening === undefined
      ? new EventPoller(kysely, hub, {
          onOrgDeleted: endOrg,
          onError: (error) => logger.error({ error: toLoggable(error) }, "could not look for new events"),
        })
      : undefined;

  return {
    publish(transaction, orgId, ...events) {
      return write(transaction, { orgId, events, at: now(), hasListeners: listening !== undefined });
    },

    async subscribe(orgId, listener) {
      const unsubscribe = hub.add(orgId, listener);
      try {
        await poller?.watch(orgId);
      } catch (error) {
        unsubscribe();
        throw error;
      }
      return unsubscribe;
    },

    listenerCount: () => hub.size,

    async close() {
      await listening?.close();
      await poller?.close();
    },
  };
}

interface Writing {
  orgId: string;
  events: readonly Omit<Event, "at">[];
  at: Date;
  /** Whether notices can be sent by NOTIFY. */
  hasListeners: boolean;
}

/** All in one statement, because it locks the organisation. */
async function write(transaction: Kysely<Tables>, { orgId, events, at, hasListeners }: Writing): Promise<number> {
  const rows = events.map((event) => JSON.stringify({ ...event, at: at.toISOString() }));
  const appIds = events.map(({ app_id }) => app_id);
  // PostgreSQL sends equal notices of a transaction once, which is enough.
  const notices = new Set(
    events.map(({ app_id, type }) => JSON.stringify({ orgId, appId: app_id, type } satisfies Notice)),
  );
  const notify = hasListeners
    ? sql`, (select count(pg_notify(${CHANNEL}, payload)) from unnest(${[...notices]}::text[]) notice (payload))`
    : sql``;
  const { rows: written } = await sql<{ last: number }>`${prepared(hasListeners ? "publish-events" : "write-events")}
    with org as (
      update orgs set event_sequence = event_sequence + ${events.length}::int where id = ${orgId} returning event_sequence
    ), written as (
      insert into events (org_id, sequence, app_id, data, created_at)
      select ${orgId}::uuid, org.event_sequence - ${events.length}::int + event.position, event.app_id, event.data::jsonb,
        ${at}::timestamptz
      from org cross join unnest(${appIds}::uuid[], ${rows}::text[]) with ordinality event (app_id, data, position)
    )
    select event_sequence as last${notify} from org
  `.execute(transaction);
  const [row] = written;
  if (row === undefined) throw orgIsGone();
  return row.last;
}

/** Notifies every process that an organisation is gone, after the commit, if the database has NOTIFY. */
export async function announceOrgDeleted(transaction: Kysely<Tables>, orgId: string): Promise<void> {
  await sql`select pg_notify(${CHANNEL}, ${JSON.stringify({ orgId, type: "org.deleted" })})`.execute(transaction);
}
