import { isApiError, type StartedSession, type SyncSession as SessionState } from "@bridgekit/client";
import { callBridge } from "../call-bridge.ts";
import { SyncError } from "../errors/sync-error.ts";
import { explainBridgeError, NOBODY_REMOVED } from "./explain-bridge-error.ts";
import type { Page } from "./page-builder.ts";
import type { SyncOptions } from "./sync-options.ts";
import { watchArrival } from "./watch-arrival.ts";

export type SessionOptions = Pick<SyncOptions, "bridge" | "appId" | "signal" | "retry" | "onProgress" | "generation">;

interface PushCounts {
  pushed: number;
  /** As the Bridge counts them: new to it, and known to it. */
  created: number;
  updated: number;
}

interface Call {
  signal: AbortSignal | undefined;
  /** What is sent, for messages. */
  what: string;
  /** What is known of its effect if it fails. */
  consequence: string;
  /** What a 409 means, unless somebody else ended the session. */
  conflict?: string;
  onBusy?: (() => void) | undefined;
}

// A Bridge that is down is not waited for: a newer start abandons the session as well.
const ABANDON_TIMEOUT_SECONDS = 15;

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
  readonly #counts = new Map<string, PushCounts>();
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
    const { bridge, appId, signal, generation } = options;
    // A start whose response was lost returns the same session again; a Bridge without such keys supersedes it.
    const idempotencyKey = crypto.randomUUID();
    const fence = generation === undefined ? {} : { generation };
    const start = () => bridge.startSession(appId, { ...(signal && { signal }), idempotencyKey, ...fence });
    const started = await SyncSession.#send(options, start, {
      signal,
      what: "the start of the session",
      conflict: "Somebody else syncs this app",
      consequence: NOBODY_REMOVED,
    });
    return new SyncSession(started, options);
  }

  /** Sends a page; safe to repeat, since the later page wins. `onBusy` is called for each refusal. */
  async push(slug: string, { json, count }: Page, onBusy?: () => void): Promise<void> {
    const { bridge, appId, signal, onProgress } = this.#options;
    const push = () => bridge.pushBody(appId, this.id, slug, json, signal && { signal });
    const { created, updated } = await this.#call(push, `a page of "${slug}"`, onBusy);
    const before = this.countsOf(slug);
    const pushed = before.pushed + count;
    this.#counts.set(slug, { pushed, created: before.created + created, updated: before.updated + updated });
    onProgress?.({ slug, pushed });
  }

  countsOf(slug: string): PushCounts {
    return this.#counts.get(slug) ?? { pushed: 0, created: 0, updated: 0 };
  }

  /** Pushed records that the Bridge had before. */
  get known(): number {
    return [...this.#counts.values()].reduce((sum, { updated }) => sum + updated, 0);
  }

  /** Says that everything was pushed. What was not becomes inactive. */
  async complete(): Promise<void> {
    const { bridge, appId, signal, retry } = this.#options;
    const end = watchArrival(() => bridge.completeSync(appId, this.id, signal && { signal }));
    try {
      await callBridge(end.call, { ...retry, signal });
    } catch (error) {
      this.#mayBeComplete = end.mayHaveArrived;
      if (signal?.aborted) throw this.toStopped(error);
      if (!(await this.#hasCompleted(error))) throw this.#explain(error, "the end of the session");
    }
    this.#mayBeComplete = true;
    this.#isEnded = true;
  }

  /**
   * Whether a session was completed although the call failed: its response may have been lost. If it is still open, it is
   * abandoned, so that an attempt that arrives late completes nothing.
   */
  async #hasCompleted(error: unknown): Promise<boolean> {
    const isConflict = isApiError(error) && error.status === 409;
    if (!this.#mayBeComplete && !isConflict) return false;
    const status = await this.#readStatus();
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
      // The response to an attempt may have been lost, and the Bridge ends a session only once.
      if (end.mayHaveArrived && (await this.#readStatus()) === "abandoned") return;
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

  /** The status of the session; undefined if the Bridge does not return it. */
  async #readStatus(): Promise<SessionState["status"] | undefined> {
    const { bridge, appId } = this.#options;
    const signal = AbortSignal.timeout(ABANDON_TIMEOUT_SECONDS * 1000);
    const state = await bridge.getSync(appId, this.id, { signal }).catch(() => undefined);
    return state?.status;
  }

  /**
   * Makes the Bridge drop what was pushed: a newer session replaces this one and ends with nothing. A Bridge without
   * staging keeps the pages all the same.
   */
  async discard(): Promise<void> {
    this.#isEnded = true;
    const signal = AbortSignal.timeout(ABANDON_TIMEOUT_SECONDS * 1000);
    const newer = await SyncSession.start({ ...this.#options, signal });
    await newer.abandon();
  }

  /** The state of the session on the Bridge. */
  read(): Promise<SessionState> {
    const { bridge, appId, signal } = this.#options;
    return this.#call(() => bridge.getSync(appId, this.id, signal && { signal }), "a question about the session");
  }

  /** Releases a session that the Bridge's own guard holds. */
  async confirm(): Promise<void> {
    const { bridge, appId, signal } = this.#options;
    const confirm = () => bridge.confirmSync(appId, this.id, signal && { signal });
    await this.#call(confirm, "the confirmation of the held session");
  }

  /** The error of a run that was stopped. */
  toStopped(cause: unknown): SyncError {
    if (!this.#mayBeComplete) return stopped(NOBODY_REMOVED, cause);
    const message = `The sync was stopped while it was being completed; the Bridge may be applying session ${this.id}.`;
    return new SyncError("STOPPED", message, { cause });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isEnded) return;
    // The error that ended the scope is the one to see; a session left open is abandoned by the next start.
    await this.#tryToAbandon();
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

  #call<T>(call: () => Promise<T>, what: string, onBusy?: () => void): Promise<T> {
    const { signal } = this.#options;
    return SyncSession.#send(this.#options, call, { signal, what, onBusy, consequence: this.#consequence });
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
