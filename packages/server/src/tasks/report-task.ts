import { findApp } from "../apps/find-app.ts";
import type { BridgeContext } from "../bridge-context.ts";
import { problem } from "../http/http-error.ts";
import type { Handler } from "../http/operation.ts";
import { statusOf, toTask } from "./task-status.ts";
import { accountSlug, findTask } from "./tasks.ts";

const MAX_RESULT_BYTES = 16 * 1024;

export function createReportTask({ database, now }: BridgeContext): Handler<"reportTask"> {
  return async ({ key, path, body: { status, result, error } }) => {
    const resultText = result === undefined ? null : JSON.stringify(result);
    const resultBytes = Buffer.byteLength(resultText ?? "");
    if (resultBytes > MAX_RESULT_BYTES) {
      return problem(400, `result: has ${resultBytes} bytes; at most ${MAX_RESULT_BYTES} are allowed`);
    }
    const app = await findApp(database, key, path.app_id);
    const time = now();
    // One statement decides: of two reports at the same instant one finds the outcome there.
    const task = await database
      .updateTable("tasks")
      .set({
        outcome: status,
        result: resultText,
        error: status === "failed" && error !== undefined ? JSON.stringify(error) : null,
        ended_at: time,
      })
      .where("id", "=", path.task_id)
      .where("app_id", "=", app.id)
      .where("outcome", "is", null)
      .where("execute_after", "<=", time)
      .returningAll()
      .executeTakeFirst();
    if (task !== undefined) return { status: 200, body: toTask(task, await accountSlug(database, app), time) };
    const found = statusOf(await findTask(database, app.id, path.task_id), time);
    return problem(409, `The task is ${found === "scheduled" ? "scheduled for later" : `${found} already`}.`);
  };
}
