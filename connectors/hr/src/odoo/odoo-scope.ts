import { perRun } from "@bridgekit/core";
import type { OdooClient } from "./odoo-client.ts";
import { isPointer, type User } from "./odoo-models.ts";

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
}

export type ScopeOf = ReturnType<typeof scopePerRun>;

export const scopePerRun = (odoo: OdooClient) => perRun(() => readScope(odoo));

export async function readScope(odoo: OdooClient): Promise<OdooScope> {
  const userId = await odoo.whoAmI();
  const own = await odoo.companiesOf(userId);
  const isCounted = (await odoo.countCompanies()) > own.length;
  const hidden = isCounted ? "counted" : (await odoo.hasUsersOutside(own)) ? "noticed" : "none";
  return { userId, companyIds: new Set(own), hidden };
}

/** Whether a user may have an employee that is hidden. */
export function mayBeHidden({ company_id, company_ids }: User, hasEmployee: boolean, scope: OdooScope): boolean {
  if (scope.hidden !== "counted") return scope.hidden === "noticed";
  // An employee is in a company of its user; Odoo's screens see to that, and nothing else does.
  if (!hasEmployee || !isPointer(company_id) || !Array.isArray(company_ids)) return true;
  return [company_id[0], ...company_ids].some((id) => !scope.companyIds.has(id));
}

/** Why departments can't be told, for messages. */
export function describeHidden(odoo: OdooClient, { userId }: OdooScope): string {
  return (
    `${odoo.system} hides the departments and employees of companies to which user ${userId} of the API key does not ` +
    `belong; give user ${userId} all companies`
  );
}
