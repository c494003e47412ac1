import { findApp } from "../apps/find-app.ts";
import type { BridgeContext } from "../bridge-context.ts";
import { problem } from "../http/http-error.ts";
import type { Handler } from "../http/operation.ts";
import { accountSlugOf, findTask } from "./find-task.ts";
import { writeHistory } from "./task-history.ts";
import { isDue, statusOf, toTask } from "./task-status.ts";

const MAX_RESULT_BYTES = 16 * 1024;

export function createReportTask({ database, events, now }: BridgeContext): Handler<"reportTask"> {
  return async ({ key, path, body: { status, result, error } }) => {
    const resultText = result === undefined ? null : JSON.stringify(result);
    const resultBytes = Buffer.byteLength(resultText ?? "");
    if (resultBytes > MAX_RESULT_BYTES) {
      return problem(400, `result: has ${resultBytes} bytes; at most ${MAX_RESULT_BYTES} are allowed`);
    }
    const failure = status === "failed" ? error : undefined;
    const app = await findApp(database, key, path.app_id);
    const time = now();
    const task = await database.transaction().execute(async (transaction) => {
      // One statement decides: of two simultaneous reports one finds the other's outcome.
      const ended = await transaction
        .updateTable("tasks")
        .set({
          outcome: status,
          result: resultText,
          result_account_id: result?.account?.id ?? null,
          error: failure === undefined ? null : JSON.stringify(failure),
          ended_at: time,
          claimed_by: null,
          lease_expires_at: null,
        })
        .where("id", "=", path.task_id)
        .where("app_id", "=", app.id)
        .where("outcome", "is", null)
        // What was claimed was due, even if the clock has gone back since.
        .where((row) => row.or([isDue("tasks", time), row("claimed_by", "is not", null)]))
        .returningAll()
        .executeTakeFirst();
      if (ended === undefined) return undefined;
      await writeHistory(transaction, [ended.id], { event: status, at: time, keyId: key.id });
      await events.publish(transaction, app.org_id, {
        type: "task.ended",
        app_id: app.id,
        task_id: ended.id,
        action: ended.action,
        status,
        ...(failure !== undefined && { error_code: failure.code }),
      });
      return ended;
    });
    if (task !== undefined) {
      const after = { status, ...(failure !== undefined && { error_code: failure.code }) };
      const body = toTask(task, await accountSlugOf(database, app), time);
      return { status: 200, body, details: { before: { status: "pending" }, after } };
    }
    const found = statusOf(await findTask(database, app.id, path.task_id), time);
    return problem(409, `The task is ${found === "scheduled" ? "scheduled for later" : `${found} already`}.`);
  };
}
