import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  handleWhen,
  isBrokenCircuitError,
} from "cockatiel";
import PQueue from "p-queue";
import { isUpstreamError } from "../../errors/upstream-error.ts";
import { LimitScope, type QuotaReading, type ScopeCall } from "./limit-scope.ts";
import type { RateLimit } from "./rate-limit.ts";
import type { SharedLimit, SharedPause } from "./shared-limit.ts";
import { type TurnOptions, TurnQueue } from "./turn-queue.ts";

export interface HostRates {
  /** Calls at a time. */
  concurrency: number;
  /** Calls that begin within a second. */
  perSecond: number;
}

export interface HostCall extends ScopeCall {
  /** Whose limits the call counts towards besides those of the host; the same object for the same credential. */
  credential: object;
  /** The limit of the credential that other processes share. */
  shared?: { limit: SharedLimit; origin: string; perSecond: number } | undefined;
}

export interface GuardedCall {
  signal: AbortSignal | undefined;
  /** Creates the error that is thrown instead of calling a host that is down. */
  toDownError: (seconds: number) => Error;
}

// Few enough to spare a host that is down.
const FAULTS_UNTIL_DOWN = 10;

/** A host as all connections of this process share it: its rate limits, one queue with tasks first, a circuit breaker. */
export class Host {
  #rates: HostRates = { concurrency: Infinity, perSecond: Infinity };
  #queue = createQueue(this.#rates);
  readonly #shared = new LimitScope();
  readonly #byCredential = new WeakMap<object, LimitScope>();
  readonly #breaker: CircuitBreakerPolicy;
  #downUntil = 0;

  /** @param downSeconds How long it is not called after many faults in a row. */
  constructor(downSeconds: number) {
    this.#breaker = circuitBreaker(handleWhen(isHostFault), {
      halfOpenAfter: downSeconds * 1000,
      breaker: new ConsecutiveBreaker(FAULTS_UNTIL_DOWN),
    });
    this.#breaker.onBreak(() => (this.#downUntil = performance.now() + downSeconds * 1000));
  }

  /** Lowers the rates; the strictest connection decides. */
  limitTo({ concurrency, perSecond }: HostRates): void {
    const rates: HostRates = {
      concurrency: Math.min(concurrency, this.#rates.concurrency),
      perSecond: Math.min(perSecond, this.#rates.perSecond),
    };
    if (rates.concurrency === this.#rates.concurrency && rates.perSecond === this.#rates.perSecond) return;
    this.#rates = rates;
    this.#queue = createQueue(rates);
  }

  /** Returns the quotas that a call with this credential counts towards. */
  quotasOf(credential: object): QuotaReading[] {
    return [this.#shared.quota, this.#limitsOf(credential).quota].filter((quota) => quota !== undefined);
  }

  /** Applies the rate limits in a response. Returns the pause that it starts or extends. */
  learn(
    { bucket, credential }: Pick<HostCall, "bucket" | "credential">,
    { pauseSeconds, isNear, quota, scope }: RateLimit,
    status: number,
  ): SharedPause | undefined {
    const own = this.#limitsOf(credential);
    const [limited, other] = scope === "host" ? [this.#shared, own] : [own, this.#shared];
    if (quota) limited.learnQuota(quota);
    if (isNear !== undefined) {
      limited.slow(bucket, isNear);
      other.slow(bucket, false);
    }
    // An overloaded host is overloaded for all credentials.
    const isHost = scope === "host" || (status === 503 && scope === undefined);
    if (pauseSeconds === undefined) return undefined;
    const pause: SharedPause = { scope: isHost ? "host" : "credential", bucket, seconds: pauseSeconds };
    return this.#pause(own, pause) ? pause : undefined;
  }

  #pause(own: LimitScope, { scope, bucket, seconds }: SharedPause): boolean {
    return (scope === "host" ? this.#shared : own).pause(bucket, seconds);
  }

  /** Sends a call in its turn. If a bucket was paused while the call waited in the queue, it waits again. */
  async schedule<T>(send: () => Promise<T>, call: HostCall): Promise<T> {
    const { bucket, priority, connection, signal, shared } = call;
    const own = this.#limitsOf(call.credential);
    const sendUnpaused = async () =>
      own.isPaused(bucket) || this.#shared.isPaused(bucket) ? undefined : { value: await send() };
    const queue = () => this.#queue.add(sendUnpaused, { priority, connection, ...(signal && { signal }) });
    const takeTurn = async () => {
      const pauses = await shared?.limit.take({ ...shared, priority, signal });
      for (const pause of pauses ?? []) this.#pause(own, pause);
      return this.#shared.add(queue, call);
    };
    for (;;) {
      // A call that waits for its own limits does not occupy the queue of the host.
      const sent = await own.add(takeTurn, call);
      if (sent) return sent.value;
    }
  }

  /** Sends a call unless the host is down. */
  async guard<T>(send: () => Promise<T>, { signal, toDownError }: GuardedCall): Promise<T> {
    try {
      const outcome = await this.#breaker.execute(async () => {
        // The call may have waited for another one to find out whether the host is up again.
        signal?.throwIfAborted();
        try {
          return { value: await send() };
        } catch (error) {
          // An error response shows that the host is up.
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

  #limitsOf(credential: object): LimitScope {
    const known = this.#byCredential.get(credential);
    if (known) return known;
    const limits = new LimitScope();
    this.#byCredential.set(credential, limits);
    return limits;
  }
}

function createQueue({ concurrency, perSecond }: HostRates): PQueue<TurnQueue, TurnOptions> {
  const queueClass = TurnQueue;
  if (perSecond === Infinity) return new PQueue({ concurrency, queueClass });
  // Less than one a second means one in several seconds.
  const intervalCap = Math.max(1, Math.floor(perSecond));
  return new PQueue({ concurrency, queueClass, intervalCap, interval: (intervalCap / perSecond) * 1000, strict: true });
}

/** No response, or only one of a gateway. */
function isHostFault(error: unknown): boolean {
  if (!isUpstreamError(error) || !error.isRetryable || error.effect === "applied") return false;
  const { status } = error;
  return status === undefined || status === 502 || status === 504 || (status === 503 && error.effect === "unknown");
}
