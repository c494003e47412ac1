import { isApiError, isUnreachableError, type ApiError } from "@bridgekit/client";
import { SyncError } from "../errors/sync-error.ts";
import { isNeverSent } from "../is-never-sent.ts";

/** What is known of a session while the Bridge does not know, and cannot know, that everything was pushed. */
export const NOBODY_REMOVED = "Nobody was removed";

interface Failed {
  /** What was to be sent. */
  what: string;
  /** What is known of its effect, as a sentence without its full stop. */
  consequence: string;
}

/** What a failed call to the Bridge means for the sync, once trying again did not help. */
export function explainBridgeError(error: unknown, { what, consequence }: Failed): SyncError {
  const cause = { cause: error };
  if (isApiError(error)) return explainResponse(error, { what, consequence });
  const { message } = error as Error;
  if (!isUnreachableError(error)) return new SyncError("BRIDGE", `${message}. ${consequence}.`, cause);
  if (isNeverSent(error))
    return new SyncError(
      "UNREACHABLE",
      `${message}. Is it running, and is its address right? ${consequence}; sync again once it answers.`,
      cause,
    );
  return new SyncError(
    "ANSWER_LOST",
    `${message}, before ${what} was answered; the Bridge may have it. ${consequence}. To sync again is safe: what the ` +
      `Bridge has twice it keeps once.`,
    cause,
  );
}

function explainResponse(error: ApiError, { what, consequence }: Failed): SyncError {
  const cause = { cause: error };
  const { status, detail, retryAfterSeconds } = error;
  if (status === 400 || status === 413 || status === 422)
    return new SyncError("REJECTED", `The Bridge refused ${what}: ${detail}. ${consequence}.`, cause);
  if (status === 401 || status === 403)
    return new SyncError(
      "UNAUTHORIZED",
      `${error.message}. Is the API key right, not expired, and allowed to use this app? ${consequence}.`,
      cause,
    );
  if (status === 409)
    return new SyncError(
      "SUPERSEDED",
      `The session was ended by somebody else: ${detail}. Does a second runner sync this app? ${consequence} by this run.`,
      cause,
    );
  if (status === 429) {
    const when = retryAfterSeconds === undefined ? "later" : `in ${retryAfterSeconds} seconds`;
    return new SyncError(
      "RATE_LIMITED",
      `${error.message}. It is asked too often; sync again ${when}, or fewer apps at a time. ${consequence}.`,
      cause,
    );
  }
  if (status >= 500)
    return new SyncError(
      "BRIDGE_FAILED",
      `${error.message}. The fault is the Bridge's: its log says more. ${consequence}; sync again later.`,
      cause,
    );
  return new SyncError("BRIDGE", `${error.message}. ${consequence}.`, cause);
}
