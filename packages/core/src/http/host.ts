import { circuitBreaker, ConsecutiveBreaker, handleWhen, isBrokenCircuitError } from "cockatiel";
import PQueue from "p-queue";
import { isUpstreamError } from "../errors/upstream-error.ts";
import { Lane, type LaneCall } from "./lane.ts";
import type { RateLimit } from "./rate-limit.ts";
import { type TurnOptions, TurnQueue } from "./turn-queue.ts";

export interface HostRates {
  /** Calls at a time. */
  concurrency: number;
  /** Calls that begin within a second. */
  perSecond: number;
}

export interface HostCall extends LaneCall {
  /** Calls with the same name are paused and slowed down together. */
  lane: string;
  /** Thrown instead of calling a host that is down. */
  toDownError: (seconds: number) => Error;
}

/** A reading of the day's quota, and for how long it is believed. */
export interface QuotaReading {
  used: number;
  limit: number;
  freshSeconds: number;
}

// Faults in a row, and seconds until one call may try again: few enough to spare a dead host, short enough that the
// retries of a call outlast it.
const FAULTS_UNTIL_DOWN = 10;
const DOWN_SECONDS = 10;
// A quota recovers without an answer that says so; after this long one call finds out.
const QUOTA_FRESH_SECONDS = 900;

/** What all connections of this process know of a host, and their way through to it: one queue, tasks first, in turns. */
export class Host {
  #rates: HostRates = { concurrency: Infinity, perSecond: Infinity };
  #queue = createQueue(this.#rates);
  readonly #lanes = new Map<string, Lane>();
  readonly #breaker = circuitBreaker(handleWhen(isHostFault), {
    halfOpenAfter: DOWN_SECONDS * 1000,
    breaker: new ConsecutiveBreaker(FAULTS_UNTIL_DOWN),
  });
  #downUntil = 0;
  #quota: { used: number; limit: number; readAt: number } | undefined;

  constructor() {
    this.#breaker.onBreak(() => (this.#downUntil = performance.now() + DOWN_SECONDS * 1000));
  }

  /** Of all who share the host, the strictest decides. */
  limitTo({ concurrency, perSecond }: HostRates): void {
    const rates: HostRates = {
      concurrency: Math.min(concurrency, this.#rates.concurrency),
      perSecond: Math.min(perSecond, this.#rates.perSecond),
    };
    if (rates.concurrency === this.#rates.concurrency && rates.perSecond === this.#rates.perSecond) return;
    this.#rates = rates;
    this.#queue = createQueue(rates);
  }

  get quota(): QuotaReading | undefined {
    if (!this.#quota) return undefined;
    const { used, limit, readAt } = this.#quota;
    const freshSeconds = QUOTA_FRESH_SECONDS - (performance.now() - readAt) / 1000;
    return freshSeconds > 0 ? { used, limit, freshSeconds } : undefined;
  }

  /** Takes in what an answer says of the limits. Answers the seconds of a pause that begins or grows by it. */
  learn(name: string, { pauseSeconds, isNear, quota }: RateLimit): number | undefined {
    const lane = this.#lane(name);
    if (isNear !== undefined) lane.slow(isNear);
    if (quota) this.#quota = { ...quota, readAt: performance.now() };
    return pauseSeconds !== undefined && lane.pause(pauseSeconds) ? pauseSeconds : undefined;
  }

  /** Sends a call when its turn has come; one that waited while its lane was paused waits again. */
  async call<T>(send: () => Promise<T>, call: HostCall): Promise<T> {
    const { priority, connection, signal } = call;
    for (;;) {
      const lane = this.#lane(call.lane);
      try {
        const sent = await lane.add(
          () =>
            this.#queue.add(async () => (lane.isPaused ? undefined : { value: await this.#guard(send, call) }), {
              priority,
              connection,
              ...(signal && { signal }),
            }),
          call,
        );
        if (sent) return sent.value;
      } finally {
        // Lanes are named after paths, and there is no end to those.
        if (lane.isForgettable) this.#lanes.delete(call.lane);
      }
    }
  }

  async #guard<T>(send: () => Promise<T>, { signal, toDownError }: HostCall): Promise<T> {
    try {
      const outcome = await this.#breaker.execute(async () => {
        // It may have waited for the call that finds out whether the host is up again.
        signal?.throwIfAborted();
        try {
          return { value: await send() };
        } catch (error) {
          // An error answer is an answer: the host is up.
          if (isUpstreamError(error) && !isHostFault(error)) return { error };
          throw error;
        }
      });
      if ("error" in outcome) throw outcome.error;
      return outcome.value;
    } catch (error) {
      if (!(error instanceof Error) || !isBrokenCircuitError(error)) throw error;
      throw toDownError(Math.max(0, this.#downUntil - performance.now()) / 1000);
    }
  }

  #lane(name: string): Lane {
    const known = this.#lanes.get(name);
    if (known) return known;
    const lane = new Lane();
    this.#lanes.set(name, lane);
    return lane;
  }
}

function createQueue({ concurrency, perSecond }: HostRates): PQueue<TurnQueue, TurnOptions> {
  const queueClass = TurnQueue;
  if (perSecond === Infinity) return new PQueue({ concurrency, queueClass });
  // Less than one a second is one in so many seconds.
  const intervalCap = Math.max(1, Math.floor(perSecond));
  return new PQueue({ concurrency, queueClass, intervalCap, interval: (intervalCap / perSecond) * 1000, strict: true });
}

/** Nobody answered, or only a gateway did. */
function isHostFault(error: unknown): boolean {
  if (!isUpstreamError(error) || !error.isRetryable || error.effect === "applied") return false;
  const { status } = error;
  return status === undefined || status === 502 || status === 504 || (status === 503 && error.effect === "unknown");
}
