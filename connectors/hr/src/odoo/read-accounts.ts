import type { SyncContext } from "@bridgekit/core";
import { describeKeyEnd, findKeyEnd } from "./api-key-end.ts";
import type { OdooClient } from "./odoo-client.ts";
import { isPointer, type Employee } from "./odoo-models.ts";
import { mayBeHidden, type ScopeOf } from "./odoo-scope.ts";
import { toAccount } from "./to-account.ts";

type Context = SyncContext<{ odoo: OdooClient; scopeOf: ScopeOf }>;

/** The internal users, with what is to be seen of their departments. */
export async function* readAccounts({ client: { odoo, scopeOf }, signal, partial, logger }: Context) {
  const scope = await scopeOf(signal);
  const end = await findKeyEnd(odoo, scope.userId);
  if (end?.isNear) logger.warn({ endsOn: end.day }, `${odoo.system}: ${describeKeyEnd(end)}`);

  let isSelfSeen = false;
  for await (const users of odoo.userPages()) {
    const { employeesOf, isComplete } = byUser(await odoo.employeesOfUsers(users.map((user) => user.id)));
    if (!isComplete) partial(`${odoo.system} has employees whose user can't be read`);
    for (const user of users) {
      isSelfSeen ||= user.id === scope.userId;
      const employees = employeesOf.get(user.id) ?? [];
      const isUnknown = !isComplete || mayBeHidden(user, employees.length > 0, scope);
      yield toAccount(user, { employees, unknown: isUnknown ? ["department"] : [], partial });
    }
  }
  // The key's own user is an internal user, so a list without it is not the whole list.
  if (!isSelfSeen) partial(`Odoo's list of users lacks user ${scope.userId}, to whom the API key belongs`);
}

function byUser(employees: readonly Employee[]) {
  const employeesOf = new Map<number, Employee[]>();
  let isComplete = true;
  for (const employee of employees)
    if (isPointer(employee.user_id)) {
      const [userId] = employee.user_id;
      employeesOf.set(userId, [...(employeesOf.get(userId) ?? []), employee]);
    } else isComplete = false;
  return { employeesOf, isComplete };
}
