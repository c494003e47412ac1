import type { TaskErrorCode, TaskFailure } from "@bridgekit/client";
import { describeMistake } from "../../errors/describe-mistake.ts";
import { isTaskError } from "../../errors/task-error.ts";
import { isUpstreamError, type UpstreamError } from "../../errors/upstream-error.ts";
import type { Outcome } from "../../state/journal.ts";

/** What an error of a handler is reported as, and whether a later try may succeed. */
export interface ReadFailure extends TaskFailure {
  isTemporary: boolean;
  /** Seconds that the system asked to wait. */
  retryAfterSeconds: number | undefined;
}

const TEMPORARY_CODES: ReadonlySet<TaskErrorCode> = new Set(["RATE_LIMITED", "TIMEOUT", "INTERNAL_ERROR"]);

/**
 * Reads what a handler threw. A failed call to the system, also as the cause of a `TaskError`, says whether it may be
 * repeated; a call that was applied is never repeated. A `TaskError` without such a cause is temporary if it is
 * RATE_LIMITED or TIMEOUT.
 */
export function readFailure(error: unknown, action: string): ReadFailure {
  const upstream = findUpstream(error);
  const code = isTaskError(error) || isUpstreamError(error) ? error.code : "INTERNAL_ERROR";
  const isTemporary = upstream
    ? TEMPORARY_CODES.has(code) && upstream.isRetryable && upstream.effect !== "applied"
    : isTaskError(error) && isTemporaryCode(code);
  return {
    code,
    message: describeMistake(error, `handler of ${action}`),
    isTemporary,
    retryAfterSeconds: upstream?.retryAfterSeconds,
  };
}

/** Whether the Bridge may hand a failed task out again under the same id. */
export function isTemporaryFailure({ status, error }: Outcome): boolean {
  return status === "failed" && isTemporaryCode(error?.code);
}

function isTemporaryCode(code: TaskErrorCode | undefined): boolean {
  return code === "RATE_LIMITED" || code === "TIMEOUT";
}

function findUpstream(error: unknown): UpstreamError | undefined {
  if (isUpstreamError(error)) return error;
  return isTaskError(error) && isUpstreamError(error.cause) ? error.cause : undefined;
}

/** Longest message that the protocol takes. */
const MAX_MESSAGE = 8192;

/** Makes a text acceptable to the Bridge: not empty, not too long, without characters that a database refuses. */
export function toMessage(text: string): string {
  const clean = text.replaceAll("\0", "").slice(0, MAX_MESSAGE).toWellFormed();
  return clean.trim() === "" ? "The connector failed without a message." : clean;
}
