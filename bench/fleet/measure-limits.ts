import { setTimeout as sleep } from "node:timers/promises";
import { createDatabase } from "@bridgekit/test-postgres";
import { openDatabase } from "../../packages/fleet/src/index.ts";
import { lease } from "../../packages/fleet/src/limits/limit-rows.ts";
import { Turns } from "../../packages/fleet/src/limits/turns.ts";

const CLONES = 3;
const CONCURRENCY = 4;
const PER_SECOND = 50;
const CALL_MS = 100;
const SECONDS = 10;
const KEY = { credential: "digest", origin: "https://wiki.example.com" };

export interface LimitCost {
  callsPerSecond: number;
  /** Statements that take turns, in each call. */
  leasesPerCall: number;
  leaseMs: number;
  /** What a call waits for the database, on average. */
  waitMs: number;
}

/** What it costs that clones share a rate limit: three of them on connections of their own, below and at the limit. */
export async function measureLimits(postgresUrl: string): Promise<LimitCost> {
  const { url } = await createDatabase(postgresUrl);
  const clones = await Promise.all(Array.from({ length: CLONES }, () => measureClone(url)));
  const sum = (of: (clone: Clone) => number) => clones.reduce((total, clone) => total + of(clone), 0);
  const calls = sum((clone) => clone.calls);
  const leases = sum((clone) => clone.leases);
  return {
    callsPerSecond: calls / SECONDS,
    leasesPerCall: leases / calls,
    leaseMs: sum((clone) => clone.leaseMs) / leases,
    waitMs: sum((clone) => clone.waitMs) / calls,
  };
}

interface Clone {
  calls: number;
  leases: number;
  leaseMs: number;
  waitMs: number;
}

async function measureClone(url: string): Promise<Clone> {
  const database = await openDatabase({ url, onError: () => {} });
  const clone: Clone = { calls: 0, leases: 0, leaseMs: 0, waitMs: 0 };
  let waiting = 0;
  const turns = new Turns({
    async lease(count, intervalSeconds) {
      const began = performance.now();
      const leased = await lease(database.kysely, KEY, { count, intervalSeconds });
      const milliseconds = performance.now() - began;
      clone.leases++;
      clone.leaseMs += milliseconds;
      // At most: some of them came while it was on its way.
      clone.waitMs += milliseconds * waiting;
      return leased;
    },
    onError: () => {},
    safeShare: 0.25,
  });
  const until = performance.now() + SECONDS * 1000;
  const call = async () => {
    while (performance.now() < until) {
      waiting++;
      await turns.take({ perSecond: PER_SECOND, priority: 0, origin: KEY.origin, signal: undefined });
      waiting--;
      clone.calls++;
      await sleep(CALL_MS);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, call));
  await database.close();
  return clone;
}
