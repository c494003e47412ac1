import { isApiError, isUnreachableError, type ApiError } from "@bridgekit/client";
import { SyncError } from "../errors/sync-error.ts";
import { isNeverSent } from "../is-never-sent.ts";

/** The consequence of a failure before the Bridge may have seen the end of the session. */
export const NOBODY_REMOVED = "Nobody was removed";

interface Failed {
  /** What was sent. */
  what: string;
  /** The effect of the failure, as a sentence without its full stop. */
  consequence: string;
  /** What a 409 means, as a sentence without its full stop. */
  conflict?: string;
}

/** Explains what a failed call to the Bridge means for the sync, after all retries. */
export function explainBridgeError(error: unknown, failed: Failed): SyncError {
  const { what, consequence } = failed;
  const cause = { cause: error };
  if (isApiError(error)) return explainResponse(error, failed);
  const { message } = error as Error;
  if (!isUnreachableError(error)) return new SyncError("BRIDGE", `${message}. ${consequence}.`, cause);
  if (isNeverSent(error))
    return new SyncError(
      "UNREACHABLE",
      `${message}. Is it running, and is its address right? ${consequence}; sync again once it responds.`,
      cause,
    );
  return new SyncError(
    "RESPONSE_LOST",
    `${message}, before the response to ${what} arrived; the Bridge may have it. ${consequence}. Syncing again is ` +
      `safe: the Bridge keeps what it gets twice only once.`,
    cause,
  );
}

function explainResponse(
  error: ApiError,
  { what, consequence, conflict = "Somebody else ended the session" }: Failed,
): SyncError {
  const cause = { cause: error };
  const { status, retryAfterSeconds } = error;
  const [message, detail] = [withoutStop(error.message), withoutStop(error.detail)];
  if (status === 400 || status === 413 || status === 422)
    return new SyncError("REJECTED", `The Bridge refused ${what}: ${detail}. ${consequence}.`, cause);
  if (status === 401 || status === 403)
    return new SyncError(
      "UNAUTHORIZED",
      `${message}. Is the API key right, not expired, and allowed to use this app? ${consequence}.`,
      cause,
    );
  if (status === 409)
    return new SyncError(
      "SUPERSEDED",
      `${conflict}: ${detail}. Does a second runner sync this app? ${consequence} by this run.`,
      cause,
    );
  if (status === 429) {
    const when = retryAfterSeconds === undefined ? "later" : `in ${retryAfterSeconds} seconds`;
    return new SyncError(
      "RATE_LIMITED",
      `${message}. It gets too many calls; sync again ${when}, or fewer apps at a time. ${consequence}.`,
      cause,
    );
  }
  if (status >= 500)
    return new SyncError(
      "BRIDGE_FAILED",
      `${message}. The Bridge failed: see its log. ${consequence}; sync again later.`,
      cause,
    );
  return new SyncError("BRIDGE", `${message}. ${consequence}.`, cause);
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
