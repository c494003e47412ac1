import type { TaskResult } from "@bridgekit/client";
import type { Redact } from "../../redact.ts";

const MAX_RESULT_BYTES = 16 * 1024;

/** Throws if the Bridge would refuse the result; returns it with the secrets masked. */
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
  return redactTexts(JSON.parse(text), redact) as TaskResult;
}

const NAMES_IDS = /(?:^|_)ids?$|I[dD]s?$/;

/** Masks secrets in all texts except ids: an altered id names another account, or none. */
function redactTexts(value: unknown, redact: Redact): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => redactTexts(item, redact));
  const fields = Object.entries(value).map(([name, field]) => [
    name,
    NAMES_IDS.test(name) && isIds(field) ? (field as unknown) : redactTexts(field, redact),
  ]);
  return Object.fromEntries(fields);
}

function isIds(value: unknown): boolean {
  return typeof value === "string" || (Array.isArray(value) && value.every((item) => typeof item === "string"));
}
