import type { PayloadOf } from "@bridgekit/core";
import type { OdooClient } from "../odoo-client.ts";
import { changeDepartment, findTarget } from "./change-department.ts";
import { changeGroups, findGroups } from "./change-groups.ts";
import { splitRefs } from "./split-refs.ts";
import { toUserId } from "./to-id.ts";

/** Changes groups and department, after a look whether there is all that is given: nothing is changed otherwise. */
export async function updateAccount(odoo: OdooClient, { account, changes = {} }: PayloadOf<any>): Promise<void> {
  const userId = toUserId(account.id);
  const { department, access_group } = splitRefs(changes);
  await odoo.getUser(userId);
  if (access_group) await findGroups(odoo, access_group.added ?? []);
  const target = department && (await findTarget(odoo, department.added ?? []));
  if (access_group) await changeGroups(odoo, userId, access_group);
  if (department) await changeDepartment(odoo, userId, department, { target });
}
