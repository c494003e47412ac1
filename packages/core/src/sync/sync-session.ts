import { isApiError, type BridgeClient, type PushedRecord, type SyncSession as SessionState } from "@bridgekit/client";
import { setTimeout as sleep } from "node:timers/promises";
import { isSyncError, SyncError } from "../errors/sync-error.ts";
import type { RetryOptions } from "../retry.ts";
import { callBridge } from "./bridge-retry.ts";

export interface SessionOptions {
  bridge: BridgeClient;
  appId: string;
  signal?: AbortSignal | undefined;
  retry?: RetryOptions | undefined;
}

// Abandoning matters more than waiting for a Bridge that is down: a newer start abandons the session as well.
const ABANDON_TIMEOUT_SECONDS = 15;
const FIRST_POLL_SECONDS = 0.1;
const SLOWEST_POLL_SECONDS = 5;

/** An open sync session. Leaving its scope without `complete()` abandons it, and abandoning removes nobody. */
export class SyncSession implements AsyncDisposable {
  readonly id: string;
  readonly #options: SessionOptions;
  #isEnded = false;

  private constructor(id: string, options: SessionOptions) {
    this.id = id;
    this.#options = options;
  }

  static async start(options: SessionOptions): Promise<SyncSession> {
    const { bridge, appId, signal } = options;
    // A start whose answer was lost is superseded by its own retry.
    const id = await SyncSession.#call(options, () => bridge.startSync(appId, { signal }), signal);
    return new SyncSession(id, options);
  }

  /** Sends a page; safe to send again, since the later page wins. */
  async push(slug: string, records: readonly PushedRecord[]): Promise<void> {
    const { bridge, appId, signal } = this.#options;
    const push = () => bridge.pushPage(appId, this.id, slug, records, { signal });
    await SyncSession.#call(this.#options, push, signal, `a page of "${slug}"`);
  }

  /** Says that everything was pushed. What was not becomes inactive. */
  async complete(): Promise<void> {
    const { bridge, appId, signal } = this.#options;
    try {
      await SyncSession.#call(this.#options, () => bridge.completeSync(appId, this.id, { signal }), signal);
    } catch (error) {
      if (signal?.aborted) throw this.#stoppedTooLate(error);
      // The answer to an earlier try was lost, and the Bridge takes a session's end once only.
      const isConflict = isSyncError(error) && error.code === "SUPERSEDED";
      if (!isConflict || !["completing", "completed"].includes((await this.read()).status)) throw error;
    }
    this.#isEnded = true;
  }

  /** Keeps what was pushed and removes nobody. */
  async abandon(): Promise<void> {
    const { bridge, appId } = this.#options;
    const signal = AbortSignal.timeout(ABANDON_TIMEOUT_SECONDS * 1000);
    this.#isEnded = true;
    await SyncSession.#call(this.#options, () => bridge.abandonSync(appId, this.id, { signal }), signal);
  }

  /** What the Bridge says of the session now. */
  read(): Promise<SessionState> {
    const { bridge, appId, signal } = this.#options;
    return SyncSession.#call(this.#options, () => bridge.getSync(appId, this.id, { signal }), signal);
  }

  /** Waits until what was pushed is live. Throws `SyncError` where it will not be, or not in time. */
  async waitUntilFolded(timeoutSeconds: number): Promise<SessionState> {
    const { signal } = this.#options;
    try {
      return await this.#pollUntilFolded(timeoutSeconds, signal);
    } catch (error) {
      throw signal?.aborted ? this.#stoppedTooLate(error) : error;
    }
  }

  /** The Bridge has everything, may know that it is all, and then goes on by itself. */
  #stoppedTooLate(cause: unknown): SyncError {
    const message = `The sync was stopped while it was being completed; the Bridge may be applying session ${this.id}.`;
    return new SyncError("STOPPED", message, { cause });
  }

  async #pollUntilFolded(timeoutSeconds: number, signal: AbortSignal | undefined): Promise<SessionState> {
    const deadline = performance.now() + timeoutSeconds * 1000;
    for (let seconds = FIRST_POLL_SECONDS; ; seconds = Math.min(seconds * 1.5, SLOWEST_POLL_SECONDS)) {
      const state = await this.read();
      switch (state.status) {
        case "completed":
          return state;
        case "error":
          throw foldError(this.id, state);
        case "abandoned":
          throw new SyncError("SUPERSEDED", `Session ${this.id} was replaced by a newer one; nothing of it was kept.`);
        case "in_progress":
        case "completing":
          break;
        default:
          state.status satisfies never;
      }
      if (performance.now() > deadline)
        throw new SyncError(
          "FOLD",
          `The Bridge did not finish session ${this.id} within ${timeoutSeconds} seconds. Every page is safe there; ` +
            `read the session again later, or allow more time.`,
        );
      await sleep(seconds * 1000, undefined, signal && { signal });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isEnded) return;
    // The error that ended the scope is the one to see; a session left open is abandoned by the next start.
    await this.abandon().catch(() => undefined);
  }

  static async #call<T>(
    options: SessionOptions,
    call: () => Promise<T>,
    signal: AbortSignal | undefined,
    what = "the call",
  ): Promise<T> {
    try {
      return await callBridge(call, { ...options.retry, signal });
    } catch (error) {
      throw toSyncError(error, signal, what);
    }
  }
}

function toSyncError(error: unknown, signal: AbortSignal | undefined, what: string): SyncError {
  if (signal?.aborted) return new SyncError("STOPPED", "The sync was stopped; nobody was removed.", { cause: error });
  if (!isApiError(error)) return new SyncError("BRIDGE", (error as Error).message, { cause: error });
  switch (error.status) {
    case 400:
    case 422:
      return new SyncError("REJECTED", `The Bridge refused ${what}: ${error.detail}. Nobody was removed.`, {
        cause: error,
      });
    case 409:
      return new SyncError("SUPERSEDED", `The session was ended by somebody else: ${error.detail}`, { cause: error });
    default:
      return new SyncError("BRIDGE", error.message, { cause: error });
  }
}

function foldError(id: string, { error }: SessionState): SyncError {
  const message = error?.message ?? "the Bridge gave no reason";
  return error?.error_code === "REMOVALS_HELD"
    ? new SyncError("HELD", `The Bridge holds session ${id}: ${message}`)
    : new SyncError("FOLD", `The Bridge could not apply session ${id}: ${message}`);
}
