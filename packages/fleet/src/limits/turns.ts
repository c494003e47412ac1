import { setTimeout as wait } from "node:timers/promises";
import type { SharedCall, SharedPause } from "@bridgekit/core/run";
import type { Lease } from "./limit-rows.ts";

interface TurnsOptions {
  /** Takes so many turns, one in each interval; with none it only reads the pauses. */
  lease: (count: number, intervalSeconds: number) => Promise<Lease>;
  onError: (error: Error) => void;
  /** Share of the limit that is used while there are no leases. */
  safeShare: number;
}

interface Waiting {
  priority: number;
  resolve: (pauses: readonly SharedPause[]) => void;
  /** Whether its signal aborted. */
  isGone: boolean;
}

/** A time at which one call may begin, by the clock of this process. */
interface Turn {
  at: number;
  /** Used later, turns would come in a crowd. */
  until: number;
}

// A task waits at most this long for the turns that a sync elsewhere has leased before.
const LEASE_MS = 250;
const SHORTEST_TURN_MS = 50;
// How soon a pause is noticed that another process learned, if the calls have no limit.
const LOOK_EVERY_MS = 1_000;
// A database that does not respond is asked again after this time.
const AWAY_MS = 5_000;

/** The calls of this process with one credential to one host: gives each its turn, tasks before syncs. */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #waiting: Waiting[] = [];
  readonly #pauses = new Map<string, { pause: SharedPause; until: number }>();
  #perSecond = Infinity;
  #turns: Turn[] = [];
  /** When the calls of the last moments began, to lease as many turns as are used. */
  #recent: number[] = [];
  #isServing = false;
  #lookedAt = -Infinity;
  #awayUntil = -Infinity;
  #lastLocal = -Infinity;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  async take({ perSecond, priority, signal }: SharedCall): Promise<readonly SharedPause[]> {
    signal?.throwIfAborted();
    // The strictest connection decides.
    this.#perSecond = Math.min(perSecond, this.#perSecond);
    const { promise, resolve, reject } = Promise.withResolvers<readonly SharedPause[]>();
    const waiting: Waiting = { priority, resolve, isGone: false };
    const leave = () => {
      waiting.isGone = true;
      reject(signal?.reason as Error);
    };
    signal?.addEventListener("abort", leave);
    this.#waiting.push(waiting);
    void this.#serve();
    return promise.finally(() => signal?.removeEventListener("abort", leave));
  }

  /** Keeps pauses for all calls of this process, unless a longer one is known. */
  learn(pauses: readonly SharedPause[]): void {
    for (const pause of pauses) {
      const name = `${pause.scope} ${pause.bucket}`;
      const until = performance.now() + pause.seconds * 1000;
      if (until > (this.#pauses.get(name)?.until ?? 0)) this.#pauses.set(name, { pause, until });
    }
  }

  async #serve(): Promise<void> {
    if (this.#isServing) return;
    this.#isServing = true;
    while (this.#hasWaiting()) {
      if (this.#perSecond === Infinity) await this.#look();
      else await this.#waitForTurn();
      // Chosen only now: a task may have come while others waited.
      const next = this.#takeFirst();
      if (!next) continue;
      this.#recent.push(performance.now());
      next.resolve(this.#activePauses());
    }
    this.#isServing = false;
  }

  #hasWaiting(): boolean {
    for (let index = this.#waiting.length - 1; index >= 0; index--)
      if (this.#waiting[index]!.isGone) this.#waiting.splice(index, 1);
    return this.#waiting.length > 0;
  }

  #takeFirst(): Waiting | undefined {
    if (!this.#hasWaiting()) return undefined;
    const highest = Math.max(...this.#waiting.map(({ priority }) => priority));
    const index = this.#waiting.findIndex(({ priority }) => priority === highest);
    return this.#waiting.splice(index, 1)[0];
  }

  async #look(): Promise<void> {
    const now = performance.now();
    if (now < this.#lookedAt + LOOK_EVERY_MS || now < this.#awayUntil) return;
    this.#lookedAt = now;
    await this.#lease(0, 0);
  }

  async #waitForTurn(): Promise<void> {
    const interval = 1000 / this.#perSecond;
    for (;;) {
      const now = performance.now();
      this.#turns = this.#turns.filter(({ until }) => until > now);
      if (this.#turns.length === 0) await this.#addTurns(interval);
      const [turn] = this.#turns;
      const milliseconds = turn!.at - performance.now();
      if (milliseconds > 0) await wait(milliseconds);
      // The process may have been busy for longer than the turn lasts.
      if (performance.now() > turn!.until) continue;
      this.#turns.shift();
      return;
    }
  }

  async #addTurns(interval: number): Promise<void> {
    const count = this.#countWanted(interval);
    const leased = performance.now() < this.#awayUntil ? undefined : await this.#lease(count, interval / 1000);
    const now = performance.now();
    if (!leased) {
      const at = Math.max(now, this.#lastLocal + interval / this.#options.safeShare);
      this.#lastLocal = at;
      this.#turns.push({ at, until: Infinity });
      return;
    }
    const first = now + leased.startsInSeconds * 1000;
    for (let index = 0; index < count; index++) {
      const at = first + index * interval;
      this.#turns.push({ at, until: at + Math.max(interval, SHORTEST_TURN_MS) });
    }
  }

  /** As many as wait or were used lately, but few enough that others wait for a moment only. */
  #countWanted(interval: number): number {
    const since = performance.now() - LEASE_MS;
    this.#recent = this.#recent.filter((at) => at > since);
    const most = Math.max(1, Math.floor(LEASE_MS / interval));
    return Math.min(Math.max(this.#waiting.length, this.#recent.length, 1), most);
  }

  async #lease(count: number, intervalSeconds: number): Promise<Lease | undefined> {
    try {
      const leased = await this.#options.lease(count, intervalSeconds);
      this.learn(leased.pauses);
      return leased;
    } catch (error) {
      this.#awayUntil = performance.now() + AWAY_MS;
      this.#options.onError(error as Error);
      return undefined;
    }
  }

  #activePauses(): SharedPause[] {
    const now = performance.now();
    for (const [name, { until }] of this.#pauses) if (until <= now) this.#pauses.delete(name);
    return [...this.#pauses.values()].map(({ pause: { scope, bucket }, until }) => ({
      scope,
      bucket,
      seconds: (until - now) / 1000,
    }));
  }
}
