import type { TaskErrorCode, TaskFailure } from "@bridgekit/client";
import { describeMistake } from "../errors/describe-mistake.ts";
import { isTaskError } from "../errors/task-error.ts";
import { isUpstreamError, type UpstreamError } from "../errors/upstream-error.ts";

/** What an error of a handler is reported as, and whether it may pass by itself. */
export interface ReadFailure extends TaskFailure {
  isPassing: boolean;
  /** Seconds that the system asked to wait. */
  retryAfterSeconds: number | undefined;
}

const PASSING_CODES: ReadonlySet<TaskErrorCode> = new Set(["RATE_LIMITED", "TIMEOUT", "INTERNAL_ERROR"]);

/**
 * Reads what a handler threw. A call to the system says itself whether it may be repeated, also where a `TaskError` has it
 * as its cause; what it was meant to do and did is never repeated. A `TaskError` of the connector alone passes if it is
 * RATE_LIMITED or TIMEOUT.
 */
export function readFailure(error: unknown, action: string): ReadFailure {
  const upstream = findUpstream(error);
  const code = isTaskError(error) || isUpstreamError(error) ? error.code : "INTERNAL_ERROR";
  const isPassing = upstream
    ? PASSING_CODES.has(code) && upstream.isRetryable && upstream.effect !== "applied"
    : isTaskError(error) && (code === "RATE_LIMITED" || code === "TIMEOUT");
  return {
    code,
    message: describeMistake(error, `handler of ${action}`),
    isPassing,
    retryAfterSeconds: upstream?.retryAfterSeconds,
  };
}

function findUpstream(error: unknown): UpstreamError | undefined {
  if (isUpstreamError(error)) return error;
  return isTaskError(error) && isUpstreamError(error.cause) ? error.cause : undefined;
}

/** Longest message that the protocol takes. */
const MAX_MESSAGE = 8192;

/** A text that the Bridge takes: not empty, not too long, and nothing in it that a database refuses. */
export function toMessage(text: string): string {
  const clean = text.replaceAll("\0", "").slice(0, MAX_MESSAGE).toWellFormed();
  return clean.trim() === "" ? "The connector failed without saying why." : clean;
}
