import type { CheckResult } from "@bridgekit/core";
import type { OdooClient } from "./odoo-client.ts";

const NEEDED = [
  { model: "res.users", operation: "read", for: "reading accounts" },
  { model: "hr.employee", operation: "read", for: "reading the departments of accounts" },
  { model: "hr.department", operation: "read", for: "reading departments" },
  { model: "res.groups", operation: "read", for: "reading access groups" },
  { model: "res.users", operation: "create", for: "create_account" },
  { model: "res.users", operation: "write", for: "update_account, suspend_account, unsuspend_account" },
  { model: "res.users", operation: "unlink", for: "delete_account" },
  { model: "hr.employee", operation: "write", for: "changing departments" },
] as const;

/** Asks Odoo what the API key may do; writes nothing. */
export async function checkAccess(odoo: OdooClient): Promise<CheckResult[]> {
  const { uid } = await odoo.whoAmI();
  const results: CheckResult[] = [{ name: "API key", isOk: true, message: `belongs to user ${uid}` }];
  for (const { model, operation, for: purpose } of NEEDED) {
    const isOk = await odoo.hasAccess(model, operation);
    const name = `${operation} ${model}`;
    results.push(isOk ? { name, isOk } : { name, isOk, message: `needed for ${purpose}; give user ${uid} the right` });
  }
  return results;
}
