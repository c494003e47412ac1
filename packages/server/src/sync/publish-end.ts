import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import type { Tables } from "../database/schema.ts";
import type { EventLog } from "../events/event-log.ts";

interface End {
  orgId: string;
  session: { id: string; app_id: string };
  status: components["schemas"]["SyncStatus"];
  errorCode?: string;
  counts?: components["schemas"]["EventCount"][];
}

/** Publishes the end of a session in the transaction that ends it. */
export async function publishEnd(
  transaction: Kysely<Tables>,
  events: Pick<EventLog, "publish">,
  { orgId, session, status, errorCode, counts }: End,
): Promise<void> {
  await events.publish(transaction, orgId, {
    type: "sync.ended",
    app_id: session.app_id,
    sync_id: session.id,
    status,
    ...(errorCode !== undefined && { error_code: errorCode }),
    ...(counts !== undefined && { counts }),
  });
}
