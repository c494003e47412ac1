import type { TaskResult } from "@bridgekit/client";
import type { Redact } from "../redact.ts";

const MAX_RESULT_BYTES = 16 * 1024;

/** Refuses here what the Bridge would refuse: an outcome that can't be reported would hold up the tasks behind it. */
export function checkResult(result: TaskResult, redact: Redact): TaskResult {
  const id: unknown = result.account?.id;
  if (id !== undefined && (typeof id !== "string" || id === ""))
    throw new TypeError(
      `The task was carried out, but its result is wrong: account.id must be a string, got ${typeof id}.`,
    );
  const text = JSON.stringify(result);
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_RESULT_BYTES)
    throw new TypeError(
      `The task was carried out, but its result has ${bytes} bytes; the protocol takes ${MAX_RESULT_BYTES}.`,
    );
  return JSON.parse(text, (_key, value: unknown) => (typeof value === "string" ? redact(value) : value)) as TaskResult;
}
