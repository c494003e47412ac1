import type { SharedLimit, SharedPause } from "@bridgekit/core/run";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.ts";
import { forgetOld, lease, type Lease, type LimitKey, writePause } from "./limit-rows.ts";
import { Turns } from "./turns.ts";

export interface LimitsOptions {
  /** Called when the database does not respond, at most every 5 seconds. */
  onError: (error: Error) => void;
  /** Share of the limit that this process uses while the database does not respond; 0.25 by default. */
  safeShare?: number;
  /** After how many milliseconds a database that does not respond no longer holds up calls; 2,000 by default. */
  hangsAfterMs?: number;
}

interface CredentialLimit {
  /** Calls that may begin within a second, if the connector declares none or more. */
  perSecond?: number;
}

/** The rate limits of upstream credentials, shared by all workers of the fleet. */
export interface FleetLimits extends AsyncDisposable {
  /** The limit of a credential, by its digest: apps with the same one share it. */
  of(credential: string, limit?: CredentialLimit): SharedLimit;
}

const FORGET_EVERY_MS = 3_600_000;

/** Opens the limits that the workers share in the database. */
export function openLimits(
  database: Kysely<Tables>,
  { onError, safeShare = 0.25, hangsAfterMs = 2_000 }: LimitsOptions,
): FleetLimits {
  const byKey = new Map<string, Turns>();
  const pending = new Set<Promise<void>>();
  const forget = () => forgetOld(database).catch(onError);
  const timer = setInterval(forget, FORGET_EVERY_MS).unref();

  function turnsOf(key: LimitKey): Turns {
    const id = JSON.stringify([key.credential, key.origin]);
    const known = byKey.get(id);
    if (known) return known;
    const turns = new Turns({
      lease: (count, intervalSeconds) => withinTime(lease(database, key, { count, intervalSeconds }), hangsAfterMs),
      onError,
      safeShare,
    });
    byKey.set(id, turns);
    return turns;
  }

  function tell(key: LimitKey, pause: SharedPause): void {
    const written: Promise<void> = writePause(database, key, pause)
      .catch(onError)
      .finally(() => pending.delete(written));
    pending.add(written);
  }

  return {
    of: (credential, { perSecond = Infinity } = {}) => ({
      take: (call) =>
        turnsOf({ credential, origin: call.origin }).take({ ...call, perSecond: Math.min(perSecond, call.perSecond) }),
      pause(origin, pause) {
        turnsOf({ credential, origin }).learn([pause]);
        tell({ credential, origin }, pause);
      },
    }),
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await Promise.all(pending);
    },
  };
}

/** A database that hangs must not hold up calls. */
async function withinTime(leasing: Promise<Lease>, milliseconds: number): Promise<Lease> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`The fleet's database did not respond within ${milliseconds / 1000} seconds.`)),
    milliseconds,
  );
  try {
    return await Promise.race([leasing, late]);
  } finally {
    clearTimeout(timer);
  }
}
