import PQueue from "p-queue";
import { type TurnOptions, TurnQueue } from "./turn-queue.ts";

export interface BucketCall {
  /** Higher goes first. */
  priority: number;
  /** Whose call it is; of one priority the connections take turns. */
  connection: object;
  signal: AbortSignal | undefined;
  /** Longest pause that the call waits for. */
  longestPauseSeconds: number;
  /** Thrown where the pause is longer. */
  toPausedError: (pauseSeconds: number) => Error;
}

// A system that asks for longer is asked again after this; its limits may have been lifted.
const LONGEST_PAUSE_SECONDS = 3600;

/** Calls that a system limits together: all of a host, or those of one endpoint. They pause and slow down together. */
export class Bucket {
  readonly #queue = new PQueue<TurnQueue, TurnOptions>({ queueClass: TurnQueue });
  readonly #waiting = new Map<AbortController, BucketCall>();
  #pausedUntil = 0;
  #timer: NodeJS.Timeout | undefined;

  get isPaused(): boolean {
    return this.#queue.isPaused;
  }

  get pauseSeconds(): number {
    return this.isPaused ? Math.max(0, this.#pausedUntil - performance.now()) / 1000 : 0;
  }

  /** Nothing is to be remembered of it. */
  get isForgettable(): boolean {
    const isUnused = this.#queue.pending === 0 && this.#queue.size === 0;
    return isUnused && !this.isPaused && this.#queue.concurrency === Infinity;
  }

  /** Answers whether the pause is longer than what was known. */
  pause(seconds: number): boolean {
    const milliseconds = Math.min(seconds, LONGEST_PAUSE_SECONDS) * 1000;
    const until = performance.now() + milliseconds;
    if (milliseconds <= 0 || until <= this.#pausedUntil) return false;
    this.#pausedUntil = until;
    this.#queue.pause();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#queue.start(), milliseconds);
    this.#keepAliveWhileWaiting();
    for (const [waiting, call] of this.#waiting)
      if (this.pauseSeconds > call.longestPauseSeconds) waiting.abort(call.toPausedError(this.pauseSeconds));
    return true;
  }

  /** One call at a time while the limit is near. */
  slow(isNear: boolean): void {
    this.#queue.concurrency = isNear ? 1 : Infinity;
  }

  /** Calls when there is no pause and the call's turn has come. */
  async add<T>(run: () => Promise<T>, call: BucketCall): Promise<T> {
    if (this.pauseSeconds > call.longestPauseSeconds) throw call.toPausedError(this.pauseSeconds);
    const { priority, connection, signal } = call;
    const waiting = new AbortController();
    this.#waiting.set(waiting, call);
    this.#keepAliveWhileWaiting();
    const leave = () => {
      this.#waiting.delete(waiting);
      this.#keepAliveWhileWaiting();
    };
    try {
      return await this.#queue.add(
        () => {
          leave();
          return run();
        },
        { priority, connection, signal: signal ? AbortSignal.any([signal, waiting.signal]) : waiting.signal },
      );
    } finally {
      leave();
    }
  }

  /** The end of a pause that nobody waits for is no reason for the process to live. */
  #keepAliveWhileWaiting(): void {
    if (this.#waiting.size > 0) this.#timer?.ref();
    else this.#timer?.unref();
  }
}
