import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  handleWhen,
  isBrokenCircuitError,
} from "cockatiel";
import PQueue from "p-queue";
import { isUpstreamError } from "../errors/upstream-error.ts";
import { LimitScope, type QuotaReading, type ScopeCall } from "./limit-scope.ts";
import type { RateLimit } from "./rate-limit.ts";
import { type TurnOptions, TurnQueue } from "./turn-queue.ts";

export interface HostRates {
  /** Calls at a time. */
  concurrency: number;
  /** Calls that begin within a second. */
  perSecond: number;
}

export interface HostCall extends ScopeCall {
  /** Whose limits the call is under beside those of the host; the same object for the same credential. */
  credential: object;
  /** Thrown instead of calling a host that is down. */
  toDownError: (seconds: number) => Error;
}

// Few enough in a row to spare a dead host.
const FAULTS_UNTIL_DOWN = 10;

/** What all connections of this process know of a host, and their way through to it: one queue, tasks first, in turns. */
export class Host {
  #rates: HostRates = { concurrency: Infinity, perSecond: Infinity };
  #queue = createQueue(this.#rates);
  readonly #shared = new LimitScope();
  readonly #byCredential = new WeakMap<object, LimitScope>();
  readonly #breaker: CircuitBreakerPolicy;
  #downUntil = 0;

  /** @param downSeconds For how long it is left alone once it has failed many times in a row. */
  constructor(downSeconds: number) {
    this.#breaker = circuitBreaker(handleWhen(isHostFault), {
      halfOpenAfter: downSeconds * 1000,
      breaker: new ConsecutiveBreaker(FAULTS_UNTIL_DOWN),
    });
    this.#breaker.onBreak(() => (this.#downUntil = performance.now() + downSeconds * 1000));
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

  /** Those that a call with this credential takes of. */
  quotasOf(credential: object): QuotaReading[] {
    return [this.#shared.quota, this.#limitsOf(credential).quota].filter((quota) => quota !== undefined);
  }

  /** Takes in what a response says of the limits. Returns the seconds of a pause that begins or grows by it. */
  learn(
    { lane, credential }: Pick<HostCall, "lane" | "credential">,
    { pauseSeconds, isNear, quota, scope }: RateLimit,
    status: number,
  ): number | undefined {
    const own = this.#limitsOf(credential);
    const [limited, other] = scope === "host" ? [this.#shared, own] : [own, this.#shared];
    if (quota) limited.learnQuota(quota);
    if (isNear !== undefined) {
      limited.slow(lane, isNear);
      other.slow(lane, false);
    }
    // A host that is overloaded is so for everybody.
    const paused = status === 503 && scope === undefined ? this.#shared : limited;
    return pauseSeconds !== undefined && paused.pause(lane, pauseSeconds) ? pauseSeconds : undefined;
  }

  /** Sends a call when its turn has come; one that waited while its lane was paused waits again. */
  async call<T>(send: () => Promise<T>, call: HostCall): Promise<T> {
    const { lane, priority, connection, signal } = call;
    const own = this.#limitsOf(call.credential);
    const sendUnpaused = async () =>
      own.isPaused(lane) || this.#shared.isPaused(lane) ? undefined : { value: await this.#guard(send, call) };
    const queue = () => this.#queue.add(sendUnpaused, { priority, connection, ...(signal && { signal }) });
    for (;;) {
      // Whoever waits for limits of its own takes no place of the others.
      const sent = await own.add(() => this.#shared.add(queue, call), call);
      if (sent) return sent.value;
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
