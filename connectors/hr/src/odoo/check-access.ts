import { isUpstreamError, type CheckResult } from "@bridgekit/core";
import { describeKeyEnd, findKeyEnd } from "./api-key-end.ts";
import type { OdooClient } from "./odoo-client.ts";
import { describeHidden, readScope, type OdooScope } from "./odoo-scope.ts";

const NEEDED = [
  { model: "res.users", operation: "read", for: "reading accounts" },
  { model: "hr.department", operation: "read", for: "reading departments" },
  { model: "res.groups", operation: "read", for: "reading access groups" },
  { model: "res.users", operation: "create", for: "create_account" },
  { model: "res.users", operation: "write", for: "update_account, suspend_account, unsuspend_account" },
  { model: "res.users", operation: "unlink", for: "delete_account" },
  // The contact of a user is made and changed along with it, which Odoo's right to users does not include.
  { model: "res.partner", operation: "create", for: "create_account", group: "Contact / Creation" },
  { model: "res.partner", operation: "write", for: "delete_account, reset_password", group: "Contact / Creation" },
  { model: "hr.employee", operation: "create", for: "giving departments to users without an employee" },
  { model: "hr.employee", operation: "write", for: "changing departments, delete_account" },
] as const;

/** Asks Odoo what the API key may do and see; writes nothing. */
export async function checkAccess(odoo: OdooClient): Promise<CheckResult[]> {
  const scope = await readScope(odoo);
  const { userId } = scope;
  const end = await findKeyEnd(odoo, userId);
  const results: CheckResult[] = [
    { name: "API key", isOk: true, message: `belongs to user ${userId}` },
    ...(end ? [{ name: "end of the API key", isOk: !end.isNear, message: describeKeyEnd(end) }] : []),
  ];
  for (const { model, operation, for: purpose, ...rest } of NEEDED) {
    const isOk = await odoo.hasAccess(model, operation);
    const name = `${operation} ${model}`;
    const right = "group" in rest ? `the group "${rest.group}"` : "the right";
    results.push(
      isOk ? { name, isOk } : { name, isOk, message: `needed for ${purpose}; give user ${userId} ${right}` },
    );
  }
  results.push(await checkEmployees(odoo, userId), checkCompanies(scope, describeHidden(odoo, scope)));
  return results;
}

/** By a call: has_access says no also where Odoo lets everybody read what the connector needs. */
async function checkEmployees(odoo: OdooClient, userId: number): Promise<CheckResult> {
  const name = "read hr.employee";
  try {
    await odoo.countEmployees();
    return { name, isOk: true };
  } catch (error) {
    if (!isUpstreamError(error) || error.code !== "PERMISSION_DENIED") throw error;
    const message = `needed for reading the departments of accounts; give user ${userId} the right`;
    return { name, isOk: false, message };
  }
}

function checkCompanies({ hidden }: OdooScope, message: string): CheckResult {
  const name = "companies";
  if (hidden === "none") return { name, isOk: true };
  return { name, isOk: false, message: `${message}; until then nobody is removed, and nobody new is hired` };
}
