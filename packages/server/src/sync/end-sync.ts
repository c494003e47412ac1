import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import { type App, findApp } from "../apps/find-app.ts";
import { lockApp } from "../apps/lock-app.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import { problem } from "../http/http-error.ts";
import type { Handlers } from "../http/operation.ts";
import { describeEnd, findSession, type Session } from "./find-session.ts";
import { readSyncSession } from "./read-sync-session.ts";

type SyncSession = components["schemas"]["SyncSession"];
type EndHandlers = Pick<Handlers, "completeSync" | "abandonSync">;

const ABANDON_WAIT_MS = 3_000;
const POLL_MS = 20;

export function createEndHandlers({ database, reconciliations, now }: BridgeContext): EndHandlers {
  /** Ends an open session and orders its reconciliation. Returns the ended session, undefined if it was not open. */
  async function end(app: App, syncId: string, status: "completing" | "abandoned"): Promise<SyncSession | undefined> {
    return database.transaction().execute(async (transaction) => {
      await lockApp(transaction, app.id);
      const place = await nextEnd(transaction, app.id);
      const ended = await transaction
        .updateTable("sync_sessions")
        .set({ status, reconciliation: "due", ended_at: now(), ended_sequence: place })
        .where("id", "=", syncId)
        .where("app_id", "=", app.id)
        .where("status", "=", "in_progress")
        .executeTakeFirst();
      if (ended.numUpdatedRows !== 1n) return undefined;
      await reconciliations.send(transaction, app.id);
      return readSyncSession(transaction, { syncId, appId: app.id, cloneGroupId: app.clone_group_id });
    });
  }

  return {
    async completeSync({ key, path }) {
      const app = await findApp(database, key, path.app_id);
      const ended = await end(app, path.sync_id, "completing");
      if (ended !== undefined) return { status: 202, body: ended };
      // A client that lost the response may ask again. Return the session as it was judged: a reconciliation may end
      // meanwhile.
      const place = { syncId: path.sync_id, appId: app.id, cloneGroupId: app.clone_group_id };
      const session = await readSyncSession(database, place);
      if (session.status === "completing" || session.status === "completed") return { status: 202, body: session };
      return problem(409, describeEnd(await findSession(database, app.id, path.sync_id)));
    },

    async abandonSync({ key, path }) {
      const app = await findApp(database, key, path.app_id);
      await end(app, path.sync_id, "abandoned");
      const session = await findSession(database, app.id, path.sync_id);
      if (session.status !== "abandoned" || session.reconciliation === "dropped")
        return problem(409, describeEnd(session));
      await waitForReconciliation(database, session);
      return { status: 204 };
    },
  };
}

/** The next number in the order in which an app's sessions end, for `ended_sequence`. The app must be locked. */
export async function nextEnd(transaction: Kysely<Tables>, appId: string): Promise<number> {
  const { session_ends } = await transaction
    .updateTable("apps")
    .set((row) => ({ session_ends: row("session_ends", "+", 1) }))
    .where("id", "=", appId)
    .returning("session_ends")
    .executeTakeFirstOrThrow();
  return session_ends;
}

// A client that reads right after an abandon expects what it pushed. A long reconciliation is not awaited.
async function waitForReconciliation(database: Kysely<Tables>, session: Session): Promise<void> {
  const deadline = performance.now() + ABANDON_WAIT_MS;
  let { reconciliation } = session;
  while (reconciliation === "due" && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    ({ reconciliation } = await findSession(database, session.app_id, session.id));
  }
}
