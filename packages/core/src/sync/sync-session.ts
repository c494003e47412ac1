import {
  isApiError,
  type BridgeClient,
  type PageResult,
  type StartedSession,
  type SyncSession as SessionState,
} from "@bridgekit/client";
import { setTimeout as sleep } from "node:timers/promises";
import { callBridge } from "../call-bridge.ts";
import { isSyncError, SyncError } from "../errors/sync-error.ts";
import type { RetryOptions } from "../retry.ts";
import { explainBridgeError, NOBODY_REMOVED } from "./explain-bridge-error.ts";
import { watchArrival } from "./watch-arrival.ts";

export interface SessionOptions {
  bridge: BridgeClient;
  appId: string;
  signal?: AbortSignal | undefined;
  retry?: RetryOptions | undefined;
}

interface Call {
  signal: AbortSignal | undefined;
  /** What is sent, for messages. */
  what: string;
  /** What is known of its effect where it fails. */
  consequence: string;
  onBusy?: (() => void) | undefined;
}

// Abandoning matters more than waiting for a Bridge that is down: a newer start abandons the session as well.
const ABANDON_TIMEOUT_SECONDS = 15;
const FIRST_POLL_SECONDS = 0.1;
const SLOWEST_POLL_SECONDS = 5;

/** An open sync session. Leaving its scope without `complete()` abandons it, and abandoning removes nobody. */
export class SyncSession implements AsyncDisposable {
  readonly id: string;
  /** Whether the Bridge takes an account in several records. */
  readonly canContinue: boolean;
  /** Whether the Bridge keeps the refs of slugs that an account names in its `unknown_refs`. */
  readonly canKeepRefs: boolean;
  /** Whether the Bridge takes the receipt of the run. */
  readonly takesReceipt: boolean;
  readonly #options: SessionOptions;
  #isEnded = false;
  /** The Bridge may know that everything was pushed: then it removes what was not, whatever becomes of this run. */
  #mayBeComplete = false;

  private constructor({ syncId, extensions }: StartedSession, options: SessionOptions) {
    this.id = syncId;
    this.canContinue = extensions.includes("continued-records");
    this.canKeepRefs = extensions.includes("unknown-refs");
    this.takesReceipt = extensions.includes("receipts");
    this.#options = options;
  }

  static async start(options: SessionOptions): Promise<SyncSession> {
    const { bridge, appId, signal } = options;
    // A start whose response was lost returns the same session again; a Bridge without such keys supersedes it.
    const idempotencyKey = crypto.randomUUID();
    const started = await SyncSession.#send(options, () => bridge.startSession(appId, { signal, idempotencyKey }), {
      signal,
      what: "the start of the session",
      consequence: NOBODY_REMOVED,
    });
    return new SyncSession(started, options);
  }

  /** Sends a page, as JSON; safe to send again, since the later page wins. `onBusy` hears of each refusal. */
  push(slug: string, json: string, onBusy?: () => void): Promise<PageResult> {
    const { bridge, appId, signal } = this.#options;
    const push = () => bridge.pushBody(appId, this.id, slug, json, { signal });
    return this.#call(push, { signal, what: `a page of "${slug}"`, onBusy });
  }

  /** Says that everything was pushed. What was not becomes inactive. */
  async complete(): Promise<void> {
    const { bridge, appId, signal, retry } = this.#options;
    const end = watchArrival(() => bridge.completeSync(appId, this.id, { signal }));
    try {
      await callBridge(end.call, { ...retry, signal });
    } catch (error) {
      this.#mayBeComplete = end.mayHaveArrived;
      if (signal?.aborted) throw this.#stopped(error);
      if (!(await this.#hasCompleted(error))) throw this.#explain(error, "the end of the session");
    }
    this.#mayBeComplete = true;
    this.#isEnded = true;
  }

  /**
   * Whether a session was completed although the call failed: its response may have been lost. Where it is still open,
   * it is abandoned, so that an attempt that arrives late completes nothing.
   */
  async #hasCompleted(error: unknown): Promise<boolean> {
    if (!this.#mayBeComplete && !isConflict(error)) return false;
    const status = await this.#askStatus();
    if (status === "completing" || status === "completed") return true;
    if (status === "error") return this.#mayBeComplete;
    if (status === "in_progress" && (await this.#tryToAbandon())) this.#mayBeComplete = false;
    if (status === "abandoned") this.#mayBeComplete = false;
    return false;
  }

  /** Keeps what was pushed and removes nobody. */
  async abandon(): Promise<void> {
    const { bridge, appId, retry } = this.#options;
    const signal = AbortSignal.timeout(ABANDON_TIMEOUT_SECONDS * 1000);
    this.#isEnded = true;
    const end = watchArrival(() => bridge.abandonSync(appId, this.id, { signal }));
    try {
      await callBridge(end.call, { ...retry, signal });
    } catch (error) {
      // The response to an attempt was lost, and the Bridge takes a session's end once only.
      if (end.mayHaveArrived && (await this.#askStatus()) === "abandoned") return;
      throw this.#explain(error, "the end of the session");
    }
  }

  async #tryToAbandon(): Promise<boolean> {
    try {
      await this.abandon();
      return true;
    } catch {
      return false;
    }
  }

  /** What has become of the session, where the Bridge says so. */
  async #askStatus(): Promise<SessionState["status"] | undefined> {
    const { bridge, appId } = this.#options;
    const signal = AbortSignal.timeout(ABANDON_TIMEOUT_SECONDS * 1000);
    const state = await bridge.getSync(appId, this.id, { signal }).catch(() => undefined);
    return state?.status;
  }

  /**
   * Has the Bridge drop what was pushed: a newer session replaces this one, and ends with nothing. A Bridge that makes
   * pages live as they come keeps them all the same.
   */
  async discard(): Promise<void> {
    this.#isEnded = true;
    const signal = AbortSignal.timeout(ABANDON_TIMEOUT_SECONDS * 1000);
    const newer = await SyncSession.start({ ...this.#options, signal });
    await newer.abandon();
  }

  /** What the Bridge says of the session now. */
  read(): Promise<SessionState> {
    const { bridge, appId, signal } = this.#options;
    const call = () => bridge.getSync(appId, this.id, { signal });
    return this.#call(call, { signal, what: "a question about the session" });
  }

  /**
   * Waits until what was pushed is live. Throws `SyncError` where it will not be, or not in time. Where an operator has
   * approved it, a hold of the Bridge's own guard is released.
   */
  async waitUntilReconciled(timeoutSeconds: number, { isApproved = false } = {}): Promise<SessionState> {
    const { signal } = this.#options;
    try {
      try {
        return await this.#pollUntilReconciled(timeoutSeconds, signal);
      } catch (error) {
        if (!isApproved || !isSyncError(error) || error.code !== "HELD") throw error;
        await this.#confirm();
        return await this.#pollUntilReconciled(timeoutSeconds, signal);
      }
    } catch (error) {
      throw signal?.aborted ? this.#stopped(error) : error;
    }
  }

  async #confirm(): Promise<void> {
    const { bridge, appId, signal } = this.#options;
    const call = () => bridge.confirmSync(appId, this.id, { signal });
    await this.#call(call, { signal, what: "the confirmation of the held session" });
  }

  #stopped(cause: unknown): SyncError {
    if (!this.#mayBeComplete) return stopped(NOBODY_REMOVED, cause);
    const message = `The sync was stopped while it was being completed; the Bridge may be applying session ${this.id}.`;
    return new SyncError("STOPPED", message, { cause });
  }

  #explain(error: unknown, what: string): SyncError {
    return explainBridgeError(error, { what, consequence: this.#consequence });
  }

  get #consequence(): string {
    if (!this.#mayBeComplete) return NOBODY_REMOVED;
    return this.#isEnded
      ? `Session ${this.id} is complete, and the Bridge applies it by itself`
      : `Session ${this.id} may be complete, and then the Bridge applies it and removes what it lacks`;
  }

  async #pollUntilReconciled(timeoutSeconds: number, signal: AbortSignal | undefined): Promise<SessionState> {
    const deadline = performance.now() + timeoutSeconds * 1000;
    for (let seconds = FIRST_POLL_SECONDS; ; seconds = Math.min(seconds * 1.5, SLOWEST_POLL_SECONDS)) {
      const state = await this.read();
      switch (state.status) {
        case "completed":
          return state;
        case "error":
          throw foldError(this.id, state);
        case "abandoned":
          throw new SyncError("SUPERSEDED", `Session ${this.id} was replaced by a newer one before it was applied.`);
        case "in_progress":
        case "completing":
          break;
        default:
          state.status satisfies never;
      }
      if (performance.now() > deadline)
        throw new SyncError(
          "RECONCILIATION_TIMEOUT",
          `The Bridge did not finish session ${this.id} within ${timeoutSeconds} seconds. Every page is safe there; ` +
            `read the session again later, or allow more time.`,
        );
      await sleep(seconds * 1000, undefined, signal && { signal });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isEnded) return;
    // The error that ended the scope is the one to see; a session left open is abandoned by the next start.
    await this.#tryToAbandon();
  }

  #call<T>(call: () => Promise<T>, options: Omit<Call, "consequence">): Promise<T> {
    return SyncSession.#send(this.#options, call, { ...options, consequence: this.#consequence });
  }

  static async #send<T>(
    options: SessionOptions,
    call: () => Promise<T>,
    { signal, onBusy, ...about }: Call,
  ): Promise<T> {
    try {
      return await callBridge(call, { ...options.retry, signal }, onBusy);
    } catch (error) {
      if (signal?.aborted) throw stopped(about.consequence, error);
      throw explainBridgeError(error, about);
    }
  }
}

function stopped(consequence: string, cause: unknown): SyncError {
  return new SyncError("STOPPED", `The sync was stopped. ${consequence}.`, { cause });
}

function isConflict(error: unknown): boolean {
  return isApiError(error) && error.status === 409;
}

function foldError(id: string, { error }: SessionState): SyncError {
  const message = error?.message ?? "the Bridge gave no reason";
  return error?.error_code === "REMOVALS_HELD"
    ? new SyncError(
        "HELD",
        `The Bridge holds session ${id}: ${message}. Nothing of it was applied. Look at its changes there, and confirm ` +
          `or discard it; a sync with --approve confirms it too.`,
      )
    : new SyncError(
        "RECONCILIATION_FAILED",
        `The Bridge could not apply session ${id}: ${message}. Sync again, and look at the Bridge's log where it fails ` +
          `again.`,
      );
}
