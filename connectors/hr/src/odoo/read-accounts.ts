import { toTexts, type SyncContext } from "@bridgekit/core";
import type { Employee, OdooClient, User } from "./odoo-client.ts";
import { findKeyEnd, isPointer, mayBeHidden, type OdooScope } from "./odoo-scope.ts";

type Context = Pick<SyncContext<{ odoo: OdooClient }>, "client" | "partial" | "logger">;

/** Reads the internal users with the visible departments. */
export async function* readAccounts({ client: { odoo }, partial, logger }: Context, scope: OdooScope) {
  const end = await findKeyEnd(odoo, scope.userId);
  if (end?.isNear) logger.warn({ endsOn: end.day }, `${odoo.system}: ${end.message}`);

  let isSelfSeen = false;
  for await (const users of odoo.userPages()) {
    const employees = await odoo.employeesOf(users.map((user) => user.id));
    const isComplete = employees.every(({ user_id }) => isPointer(user_id));
    if (!isComplete) partial(`${odoo.system} has employees whose user can't be read`);
    const employeesOf = Map.groupBy(employees, ({ user_id }) => isPointer(user_id) && user_id[0]);
    for (const user of users) {
      isSelfSeen ||= user.id === scope.userId;
      const own = employeesOf.get(user.id) ?? [];
      yield toAccount(user, own, !isComplete || mayBeHidden(user, own.length > 0, scope), partial);
    }
  }
  // The key's user is internal, so a list without it is incomplete.
  if (!isSelfSeen) partial(`Odoo's list of users lacks user ${scope.userId}, the user of the API key`);
}

/** Converts a user. Odoo has only one name field; an archived user cannot sign in and is `suspended`. */
function toAccount(user: User, employees: readonly Employee[], isUnknown: boolean, partial: (reason: string) => void) {
  const departments = toDepartments(employees);
  const areGroupsKnown = Array.isArray(user.group_ids) && user.group_ids.every((id) => Number.isInteger(id));
  const unknown: ("department" | "access_group")[] = isUnknown || !departments ? ["department"] : [];
  if (!areGroupsKnown) unknown.push("access_group");
  return {
    id: String(user.id),
    username: user.login,
    ...toTexts(user, { email: "email", display_name: "name" }, `user ${user.id}`, partial),
    status: user.active ? ("active" as const) : ("suspended" as const),
    memberships: {
      department: departments ?? [],
      // Sorted, so that an unchanged account reads the same.
      access_group: areGroupsKnown ? user.group_ids.toSorted((a, b) => a - b).map((id) => ({ id: String(id) })) : [],
    },
    ...(unknown.length > 0 && { unknown_refs: unknown }),
  };
}

/** Undefined if one of them cannot be read, so that it does not count as none. */
function toDepartments(employees: readonly Employee[]) {
  const known = employees.map(({ department_id }) => department_id).filter((id) => id !== false && id !== null);
  if (!known.every(isPointer)) return undefined;
  return [...new Map(known)].map(([id, name]) => ({ id: String(id), name }));
}
