import type { PayloadOf, TaskAction } from "@bridgekit/core";
import type { OdooClient } from "./odoo-client.ts";
import { toUserId } from "./tasks/to-id.ts";

/** Reads an account back by one call. Departments would take another, and `update_account` reads those back itself. */
export async function verifyAccount(odoo: OdooClient, { account }: PayloadOf<any>, action: TaskAction) {
  const { active, group_ids } = await odoo.getUser(toUserId(account.id));
  return {
    // What is left of a deletion that ended in archiving, by `whenDeleteIsRefused`, is no suspended account.
    status: active ? "active" : action === "delete_account" ? "inactive" : "suspended",
    memberships: { access_group: group_ids.map((id) => ({ id: String(id) })) },
  } as const;
}
