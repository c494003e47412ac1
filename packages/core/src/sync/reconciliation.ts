import type { SyncSession as SessionState } from "@bridgekit/client";
import { setTimeout as sleep } from "node:timers/promises";
import { isSyncError, SyncError } from "../errors/sync-error.ts";
import type { SyncSession } from "./session.ts";

interface WaitOptions {
  timeoutSeconds: number;
  signal: AbortSignal | undefined;
  /** Whether an operator has approved what the session removes: then a hold of the Bridge's own guard is released. */
  isApproved: boolean;
}

const FIRST_POLL_SECONDS = 0.1;
const SLOWEST_POLL_SECONDS = 5;

/** Waits until a completed session is live. Throws `SyncError` if the Bridge refuses or holds it, or takes too long. */
export async function waitUntilReconciled(session: SyncSession, options: WaitOptions): Promise<SessionState> {
  try {
    try {
      return await poll(session, options);
    } catch (error) {
      if (!options.isApproved || !isSyncError(error) || error.code !== "HELD") throw error;
      await session.confirm().catch((refusal: unknown) => {
        throw isSyncError(refusal) && refusal.code === "UNAUTHORIZED" ? toUnconfirmed(error, refusal) : refusal;
      });
      return await poll(session, options);
    }
  } catch (error) {
    throw options.signal?.aborted ? session.toStopped(error) : error;
  }
}

/** An approval is for the runner's guard; only operators and administrators may overrule that of the Bridge. */
function toUnconfirmed(held: SyncError, cause: SyncError): SyncError {
  const message =
    `${held.message} The API key of this run may not confirm it. An operator or administrator can, in the console or with ` +
    `\`bridgekit sessions confirm\`.`;
  return new SyncError("HELD", message, { cause });
}

async function poll(session: SyncSession, { timeoutSeconds, signal }: WaitOptions): Promise<SessionState> {
  const { id } = session;
  const deadline = performance.now() + timeoutSeconds * 1000;
  for (let seconds = FIRST_POLL_SECONDS; ; seconds = Math.min(seconds * 1.5, SLOWEST_POLL_SECONDS)) {
    const state = await session.read();
    switch (state.status) {
      case "completed":
        return state;
      case "error":
        throw toReconciliationError(id, state);
      case "abandoned":
        throw new SyncError("SUPERSEDED", `Session ${id} was replaced by a newer one before it was applied.`);
      case "in_progress":
      case "completing":
        break;
      default:
        state.status satisfies never;
    }
    if (performance.now() > deadline)
      throw new SyncError(
        "RECONCILIATION_TIMEOUT",
        `The Bridge did not finish session ${id} within ${timeoutSeconds} seconds. Every page is safe there; read the ` +
          `session again later, or allow more time.`,
      );
    await sleep(seconds * 1000, undefined, signal && { signal });
  }
}

function toReconciliationError(id: string, { error }: SessionState): SyncError {
  const message = (error?.message ?? "the Bridge gave no reason").replace(/\.$/, "");
  return error?.error_code === "REMOVALS_HELD"
    ? new SyncError(
        "HELD",
        `The Bridge holds session ${id}: ${message}. Nothing of it was applied. Look at its changes there, and confirm ` +
          `or discard it; a sync with --approve confirms it too.`,
      )
    : new SyncError(
        "RECONCILIATION_FAILED",
        `The Bridge could not apply session ${id}: ${message}. Sync again; if that fails too, look at the Bridge's log.`,
      );
}
