import { sql } from "kysely";
import { findApp } from "../apps/find-app.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Handler } from "../http/operation.ts";
import { toPageLinks } from "../http/page-links.ts";
import { preferenceApplied, readPreferredWait } from "../http/prefer-wait.ts";
import { accountSlugOf } from "./find-task.ts";
import { hasStatus, toTask } from "./task-status.ts";
import type { WaitingRoom } from "./waiting-room.ts";

export function createListTasks({ database, now }: BridgeContext, room: WaitingRoom): Handler<"listTasks"> {
  return async ({ key, path, query: { status, limit = 50, offset = 0 }, headers, url, signal }) => {
    const app = await findApp(database, key, path.app_id);
    const resourceType = await accountSlugOf(database, app);

    async function look() {
      const time = now();
      const matching = database
        .selectFrom("tasks")
        .where("app_id", "=", app.id)
        .$if(status !== undefined, (query) => query.where((row) => hasStatus(row, status ?? "pending", time)));
      const rows = await matching
        .selectAll()
        .orderBy("execute_after")
        .orderBy("sequence")
        .limit(limit)
        .offset(offset)
        .execute();
      const { count } = await matching.select(sql<number>`count(*)::int`.as("count")).executeTakeFirstOrThrow();
      return { tasks: rows.map((row) => toTask(row, resourceType, time)), count };
    }

    const seconds = status === "pending" ? readPreferredWait(headers.Prefer) : undefined;
    const found =
      seconds === undefined
        ? await look()
        : await room.wait({ key, orgId: key.orgId, appId: app.id, purpose: "list", seconds, signal }, async () => {
            const page = await look();
            return page.count > 0 ? page : undefined;
          });
    const { tasks, count } = found ?? { tasks: [], count: 0 };
    const body = { tasks, count, ...toPageLinks(url, { limit, offset, count }) };
    return { status: 200, headers: preferenceApplied(seconds), body };
  };
}
