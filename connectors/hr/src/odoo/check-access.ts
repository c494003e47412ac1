import { undefinedOn, type CheckResult } from "@bridgekit/core";
import type { OdooClient } from "./odoo-client.ts";
import { findKeyEnd, readScope } from "./odoo-scope.ts";

/** The right to a model, its purpose, and the group that gives it if that is not obvious. */
const NEEDED = [
  ["read", "res.users", "reading accounts"],
  ["read", "hr.department", "reading departments"],
  ["read", "res.groups", "reading access groups"],
  ["create", "res.users", "create_account"],
  ["write", "res.users", "update_account, suspend_account, unsuspend_account"],
  ["unlink", "res.users", "delete_account"],
  // A user's contact is created and changed along with it, which the right to users does not cover.
  ["create", "res.partner", "create_account", 'the group "Contact / Creation"'],
  ["write", "res.partner", "delete_account, reset_password", 'the group "Contact / Creation"'],
  ["create", "hr.employee", "giving departments to users without an employee"],
  ["write", "hr.employee", "changing departments, delete_account"],
] as const;

/** Checks what the API key may do and see; writes nothing. */
export async function checkAccess(odoo: OdooClient): Promise<CheckResult[]> {
  const { userId, hidden, why } = await readScope(odoo);
  const end = await findKeyEnd(odoo, userId);
  const results: CheckResult[] = [{ name: "API key", isOk: true, message: `belongs to user ${userId}` }];
  if (end) results.push({ name: "expiry of the API key", isOk: !end.isNear, message: end.message });
  for (const [operation, model, purpose, right = "the right"] of NEEDED) {
    const advice = `needed for ${purpose}; give user ${userId} ${right}`;
    results.push({ name: `${operation} ${model}`, isOk: await odoo.hasAccess(model, operation), advice });
  }
  // By a call: has_access returns false although everybody may read what the connector needs.
  const count = await undefinedOn(odoo.count("hr.employee", []), "PERMISSION_DENIED");
  const advice = `needed for reading the departments of accounts; give user ${userId} the right`;
  results.push({ name: "read hr.employee", isOk: count !== undefined, advice });
  const companies = `${why}; until then nobody is removed and no employee is created`;
  return [...results, { name: "companies", isOk: hidden === "none", advice: companies }];
}
