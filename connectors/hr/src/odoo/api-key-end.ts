import { isUpstreamError } from "@bridgekit/core";
import type { OdooClient } from "./odoo-client.ts";

const DAY = 24 * 60 * 60_000;
/** How long before its end a key is warned of. */
const WARNED_DAYS = 14;

export interface KeyEnd {
  userId: number;
  /** Days until then; 0 on the last one. */
  daysLeft: number;
  /** `YYYY-MM-DD`, UTC. */
  day: string;
  /** Within two weeks. */
  isNear: boolean;
  /** Keys of the user that may be ours: Odoo shows keys, but not which of them was used. */
  keys: number;
}

/**
 * When the next API key of a user ends; `undefined` where none does, or that can't be read. Odoo lets keys of internal users
 * live 90 days at most (`api_key_duration` of their groups); an administrator's may last.
 */
export async function findKeyEnd(odoo: OdooClient, userId: number): Promise<KeyEnd | undefined> {
  const now = Date.now();
  const keys = await readKeys(odoo, userId);
  const ends = keys.map((key) => (key.expiration_date === false ? Infinity : toTime(key.expiration_date)));
  const live = ends.filter((end) => end >= now);
  const next = Math.min(...live);
  if (!Number.isFinite(next)) return undefined;
  return {
    userId,
    daysLeft: Math.floor((next - now) / DAY),
    day: new Date(next).toISOString().slice(0, 10),
    isNear: next - now < WARNED_DAYS * DAY,
    keys: live.length,
  };
}

export function describeKeyEnd({ userId, daysLeft, day, keys }: KeyEnd): string {
  const which =
    keys === 1 ? `the API key of user ${userId} ends` : `one of the ${keys} API keys of user ${userId} ends`;
  const when = daysLeft === 0 ? "today" : daysLeft === 1 ? "tomorrow" : `in ${daysLeft} days`;
  return `${which} ${when}, on ${day}; make a new one in Preferences, Account security, and put it into config.apiKey`;
}

async function readKeys(odoo: OdooClient, userId: number) {
  try {
    const keys = await odoo.apiKeys(userId);
    return keys.filter(({ scope }) => scope === false || scope === "rpc");
  } catch (error) {
    // Where its end can't be asked for, a key may still be used.
    if (isUpstreamError(error) && (error.code === "PERMISSION_DENIED" || error.status === 404)) return [];
    throw error;
  }
}

const toTime = (timestamp: string) => Date.parse(`${timestamp.replace(" ", "T")}Z`);
