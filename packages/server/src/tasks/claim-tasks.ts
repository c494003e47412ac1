import { findApp } from "../apps/find-app.ts";
import type { BridgeContext } from "../bridge-context.ts";
import { announcedExtensions } from "../http/extensions.ts";
import { problem } from "../http/http-error.ts";
import type { Handler } from "../http/operation.ts";
import { preferenceApplied, readPreferredWait } from "../http/prefer-wait.ts";
import { type ClaimedRow, claimTasks } from "./claim-statement.ts";
import { accountSlugOf } from "./find-task.ts";
import { toTask } from "./task-status.ts";
import type { LongPollQueues } from "./long-poll-queues.ts";

export function createClaimTasks(context: BridgeContext, room: LongPollQueues): Handler<"claimTasks"> {
  const { database, events, now } = context;
  return async ({ key, path, headers, body, signal }) => {
    const { runner, limit, lease_seconds, task_ids: taskIds, begin = false } = body;
    if (begin && taskIds === undefined) return problem(400, "begin: needs task_ids, the tasks that are begun");
    const app = await findApp(database, key, path.app_id);
    const resourceType = await accountSlugOf(database, app);

    async function claim(): Promise<ClaimedRow[]> {
      const at = now();
      return database.transaction().execute(async (transaction) => {
        const claimed = await claimTasks(transaction, {
          appId: app.id,
          runner,
          keyId: key.id,
          limit: taskIds?.length ?? limit,
          taskIds,
          isBeginning: begin,
          now: at,
          expiresAt: new Date(at.getTime() + lease_seconds * 1000),
        });
        const fresh = claimed.filter(({ is_renewal }) => !is_renewal);
        if (fresh.length === 0) return claimed;
        const news = fresh.map(
          ({ id, action }) =>
            ({ type: "task.claimed", app_id: app.id, task_id: id, action, status: "pending" }) as const,
        );
        await events.publish(transaction, app.org_id, ...news);
        return claimed;
      });
    }

    // A client that names tasks knows them: waiting for them gains nothing.
    const seconds = taskIds === undefined ? readPreferredWait(headers.Prefer) : undefined;
    const claimed =
      seconds === undefined
        ? await claim()
        : await room.wait({ key, orgId: app.org_id, appId: app.id, purpose: "claim", seconds, signal }, async () => {
            const rows = await claim();
            return rows.length > 0 ? rows : undefined;
          });
    const tasks = (claimed ?? []).map((row) => toTask(row, resourceType, now()));
    return { status: 200, headers: { ...announcedExtensions, ...preferenceApplied(seconds) }, body: { tasks } };
  };
}
