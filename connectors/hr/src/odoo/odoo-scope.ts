import { undefinedOn, UpstreamError } from "@bridgekit/core";
import { INTERNAL, toTime, type Many2one, type OdooClient, type User } from "./odoo-client.ts";

const DAY = 24 * 60 * 60_000;
/** Days before the expiry of a key from which the connector warns. */
const WARNED_DAYS = 14;

/**
 * What the key's user sees. Odoo's record rules hide departments and employees of other companies, from lists and counts alike,
 * but not users.
 */
export interface OdooScope {
  /** The key's user. */
  userId: number;
  companyIds: ReadonlySet<number>;
  /**
   * `counted`: it is known which users are in hidden companies. `noticed`: some users are, but without Access Rights the key
   * sees only the first company of each.
   */
  hidden: "none" | "counted" | "noticed";
  /** Why departments are unknown, for messages. */
  why: string;
}

export async function readScope(odoo: OdooClient): Promise<OdooScope> {
  const userId = await odoo.whoAmI();
  const { company_ids: own } = await odoo.getUser(userId);
  if (!Array.isArray(own)) throw UpstreamError.final(`${odoo.system} does not return the companies of user ${userId}`);
  // All companies for a user with Access Rights, otherwise the user's own; archived ones are not counted.
  const isCounted = (await odoo.count("res.company", [], {})) > own.length;
  const isNoticed = !isCounted && (await odoo.count("res.users", [INTERNAL, ["company_id", "not in", own]])) > 0;
  const whose = `of companies to which user ${userId} of the API key does not belong`;
  const why = `${odoo.system} hides the departments and employees ${whose}; give user ${userId} all companies`;
  return { userId, companyIds: new Set(own), hidden: isCounted ? "counted" : isNoticed ? "noticed" : "none", why };
}

/** Whether a user may have a hidden employee. */
export function mayBeHidden({ company_id, company_ids }: User, hasEmployee: boolean, scope: OdooScope): boolean {
  if (scope.hidden !== "counted") return scope.hidden === "noticed";
  // Odoo's screens, though not its API, keep an employee in a company of its user.
  if (!hasEmployee || !isPointer(company_id) || !Array.isArray(company_ids)) return true;
  return [company_id[0], ...company_ids].some((id) => !scope.companyIds.has(id));
}

export function isPointer(value: unknown): value is Exclude<Many2one, false | null> {
  return Array.isArray(value) && Number.isInteger(value[0]) && typeof value[1] === "string";
}

/**
 * Finds the next expiry of a user's API keys; undefined if none expires or they cannot be read. Keys of internal users last at
 * most 90 days (`api_key_duration` of their groups); an administrator's may not expire.
 */
export async function findKeyEnd(odoo: OdooClient, userId: number) {
  type Key = { id: number; scope: string | false; expiration_date: string | false };
  const fields = ["name", "scope", "expiration_date"];
  const reading = odoo.search<Key>("res.users.apikeys", [["user_id", "=", userId]], fields);
  // A key can be used even if its expiry cannot be read.
  const keys = (await undefinedOn(reading, "PERMISSION_DENIED", 404)) ?? [];
  const usable = keys.filter(({ scope }) => scope === false || scope === "rpc");
  const now = Date.now();
  const ends = usable.map(({ expiration_date: end }) => (end === false ? Infinity : toTime(end)));
  const live = ends.filter((end) => end >= now);
  const next = Math.min(...live);
  if (!Number.isFinite(next)) return undefined;
  const days = Math.floor((next - now) / DAY);
  // Odoo does not show which key is in use.
  const which = live.length === 1 ? "the API key" : `one of the ${live.length} API keys`;
  const when = days === 0 ? "today" : days === 1 ? "tomorrow" : `in ${days} days`;
  const day = new Date(next).toISOString().slice(0, 10);
  const advice = "create a new one in Preferences, Account security, and set config.apiKey";
  const message = `${which} of user ${userId} expires ${when}, on ${day}; ${advice}`;
  return { isNear: next - now < WARNED_DAYS * DAY, day, message };
}
