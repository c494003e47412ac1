import { undefinedOn, UpstreamError } from "@bridgekit/core";
import { INTERNAL, toTime, type Many2one, type OdooClient, type User } from "./odoo-client.ts";

const DAY = 24 * 60 * 60_000;
/** How long before its end a key is warned of. */
const WARNED_DAYS = 14;

/**
 * What the user of the API key sees. Departments and employees of companies that this user is not in are hidden by Odoo's
 * record rules, from lists and counts alike, while users are not.
 */
export interface OdooScope {
  /** The user to whom the key belongs. */
  userId: number;
  companyIds: ReadonlySet<number>;
  /**
   * `counted`: it is known which users are in hidden companies. `noticed`: users are in them, and since the key has no
   * Access Rights, Odoo shows of each only the first company.
   */
  hidden: "none" | "counted" | "noticed";
  /** Why departments can't be told, for messages. */
  why: string;
}

export async function readScope(odoo: OdooClient): Promise<OdooScope> {
  const userId = await odoo.whoAmI();
  const { company_ids: own } = await odoo.getUser(userId);
  if (!Array.isArray(own)) throw UpstreamError.final(`${odoo.system} does not tell the companies of user ${userId}`);
  // All companies for a user with Access Rights, the own ones for anybody else; archived ones don't count.
  const isCounted = (await odoo.count("res.company", [], {})) > own.length;
  const isNoticed = !isCounted && (await odoo.count("res.users", [INTERNAL, ["company_id", "not in", own]])) > 0;
  const whose = `of companies to which user ${userId} of the API key does not belong`;
  const why = `${odoo.system} hides the departments and employees ${whose}; give user ${userId} all companies`;
  return { userId, companyIds: new Set(own), hidden: isCounted ? "counted" : isNoticed ? "noticed" : "none", why };
}

/** Whether a user may have an employee that is hidden. */
export function mayBeHidden({ company_id, company_ids }: User, hasEmployee: boolean, scope: OdooScope): boolean {
  if (scope.hidden !== "counted") return scope.hidden === "noticed";
  // An employee is in a company of its user; Odoo's screens see to that, and nothing else does.
  if (!hasEmployee || !isPointer(company_id) || !Array.isArray(company_ids)) return true;
  return [company_id[0], ...company_ids].some((id) => !scope.companyIds.has(id));
}

export function isPointer(value: unknown): value is Exclude<Many2one, false | null> {
  return Array.isArray(value) && Number.isInteger(value[0]) && typeof value[1] === "string";
}

/**
 * When the next API key of a user ends; `undefined` where none does, or that can't be read. Odoo lets keys of internal users
 * live 90 days at most (`api_key_duration` of their groups); an administrator's may last.
 */
export async function findKeyEnd(odoo: OdooClient, userId: number) {
  type Key = { id: number; scope: string | false; expiration_date: string | false };
  const fields = ["name", "scope", "expiration_date"];
  const reading = odoo.search<Key>("res.users.apikeys", [["user_id", "=", userId]], fields);
  // Where its end can't be asked for, a key may still be used.
  const keys = (await undefinedOn(reading, "PERMISSION_DENIED", 404)) ?? [];
  const usable = keys.filter(({ scope }) => scope === false || scope === "rpc");
  const now = Date.now();
  const ends = usable.map(({ expiration_date: end }) => (end === false ? Infinity : toTime(end)));
  const live = ends.filter((end) => end >= now);
  const next = Math.min(...live);
  if (!Number.isFinite(next)) return undefined;
  const days = Math.floor((next - now) / DAY);
  // Odoo shows keys, but not which of them was used.
  const which = live.length === 1 ? "the API key" : `one of the ${live.length} API keys`;
  const when = days === 0 ? "today" : days === 1 ? "tomorrow" : `in ${days} days`;
  const day = new Date(next).toISOString().slice(0, 10);
  const advice = "make a new one in Preferences, Account security, and put it into config.apiKey";
  const message = `${which} of user ${userId} ends ${when}, on ${day}; ${advice}`;
  return { isNear: next - now < WARNED_DAYS * DAY, day, message };
}
