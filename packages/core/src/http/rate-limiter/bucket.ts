import PQueue from "p-queue";
import { type TurnOptions, TurnQueue } from "./turn-queue.ts";

export interface BucketCall {
  /** Higher goes first. */
  priority: number;
  /** Connections take turns within a priority. */
  connection: object;
  signal: AbortSignal | undefined;
  /** Longest pause that the call waits for. */
  longestPauseSeconds: number;
  /** Creates the error that is thrown if the pause is longer. */
  toPausedError: (pauseSeconds: number) => Error;
}

// Longer pauses end after this, because the limits may have been lifted.
const LONGEST_PAUSE_SECONDS = 3600;

/** A rate-limit bucket: calls that a system limits together, so they are paused and slowed down together. */
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

  /** Whether it has no state that matters. */
  get isForgettable(): boolean {
    const isUnused = this.#queue.pending === 0 && this.#queue.size === 0;
    return isUnused && !this.isPaused && this.#queue.concurrency === Infinity;
  }

  /** Returns whether this starts or extends a pause. */
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

  /** Sends one call at a time while the limit is near. */
  slow(isNear: boolean): void {
    this.#queue.concurrency = isNear ? 1 : Infinity;
  }

  /** Runs a call in its turn, when there is no pause. */
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

  /** Unrefs the timer while no call waits for the pause. */
  #keepAliveWhileWaiting(): void {
    if (this.#waiting.size > 0) this.#timer?.ref();
    else this.#timer?.unref();
  }
}
