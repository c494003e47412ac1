import { sql } from "kysely";
import { findApp } from "../apps/find-app.ts";
import type { BridgeContext } from "../bridge-context.ts";
import { checkOffset, countRows } from "../http/counted-list.ts";
import { decodeMoment, toPage } from "../http/cursor.ts";
import type { Handler } from "../http/operation.ts";
import { toCursorLinks } from "../http/page-links.ts";
import { preferenceApplied, readPreferredWait } from "../http/prefer-wait.ts";
import { accountSlugOf } from "./find-task.ts";
import { hasStatus, type TaskRow, toTask } from "./task-status.ts";
import type { LongPollQueues } from "./long-poll-queues.ts";

const SEQUENCE = /^\d{1,18}$/;

export function createListTasks({ database, now }: BridgeContext, room: LongPollQueues): Handler<"listTasks"> {
  return async ({ key, path, query: { status, limit = 50, offset = 0, cursor }, headers, url, signal }) => {
    const after = decodeMoment(cursor, (sequence) => SEQUENCE.test(sequence));
    if (after === undefined) checkOffset(offset);
    const app = await findApp(database, key, path.app_id);
    const resourceType = await accountSlugOf(database, app);

    async function look() {
      const time = now();
      const matching = database
        .selectFrom("tasks")
        .where("app_id", "=", app.id)
        .$if(status !== undefined, (query) =>
          query.where((row) => hasStatus(row, status ?? "pending", { appId: app.id, now: time })),
        );
      const rows = await matching
        .$if(after !== undefined, (query) => query.where(isAfter(after)))
        .selectAll()
        .orderBy("execute_after")
        .orderBy("sequence")
        .limit(limit + 1)
        .offset(after === undefined ? offset : 0)
        .execute();
      const count = await countRows(database, matching.orderBy("execute_after"));
      const { page, cursor: next } = toPage(rows, limit, toPlace);
      return { tasks: page.map((row) => toTask(row, resourceType, time)), count, next };
    }

    const seconds = status === "pending" ? readPreferredWait(headers.Prefer) : undefined;
    const found =
      seconds === undefined
        ? await look()
        : await room.wait({ key, orgId: key.orgId, appId: app.id, purpose: "list", seconds, signal }, async () => {
            const page = await look();
            return page.count.count > 0 ? page : undefined;
          });
    const { tasks, count, next } = found ?? { tasks: [], count: { count: 0, count_is_exact: true } };
    const body = { tasks, ...count, ...toCursorLinks(url, { limit, offset, cursor: next }) };
    return { status: 200, headers: preferenceApplied(seconds), body };
  };
}

// The order of the list. Neither value ever changes, so a task keeps its place whatever happens to others.
function toPlace({ execute_after, sequence }: TaskRow): readonly string[] {
  return [execute_after.toISOString(), String(sequence)];
}

function isAfter([executeAfter, sequence]: readonly string[] = []) {
  return sql<boolean>`(execute_after, sequence) > (${executeAfter}::timestamptz, ${sequence}::bigint)`;
}
