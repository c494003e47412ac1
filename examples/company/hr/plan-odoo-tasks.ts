import type { TaskAction } from "@bridgekit/client";
import type { OdooSandbox } from "@bridgekit/connector-hr/sandbox";
import type { Plan, PlannedTask } from "../system.ts";

interface Person {
  id: number;
  name: string;
}

/** One task of each action for people of the region, and one for the leaver, whose account is gone by then. */
export function planOdooTasks(odoo: OdooSandbox): Plan {
  const users = odoo.users();
  // Those with an employee: the others are users that the system itself or its services need.
  const employed = new Set(odoo.employees().map(({ user_id }) => user_id));
  const people = users.filter(({ id, active }) => active && employed.has(id));
  const archived = users.find(({ id, active }) => !active && employed.has(id));
  const [moved, suspended, forgetful, deleted, leaver] = people.slice(-5);
  const [department] = odoo.departments();
  const group = odoo.groups().find(({ id }) => !moved?.group_ids.includes(id));
  if (!moved || !suspended || !forgetful || !deleted || !leaver || !archived || !department || !group)
    throw new Error("The HR system has too few people for this; remove the demo's data folder to begin anew.");

  const memberships = { department: [{ id: String(department.id) }], access_group: [{ id: String(group.id) }] };
  const newcomer = {
    id: "wanted-1",
    email: `jordan.lee.${Math.max(...users.map(({ id }) => id)) + 1}@example.com`,
    first_name: "Jordan",
    last_name: "Lee",
  };
  const changes = { access_group: { added: [{ id: String(group.id) }] } };
  return {
    leaver: { id: String(leaver.id), name: leaver.name, leave: () => odoo.removeUser(leaver.id) },
    // The leaver, and the account that a task deletes.
    removed: 2,
    tasks: [
      {
        task: { action: "create_account", payload: { account: newcomer, memberships } },
        who: "Jordan Lee",
        ends: "completed",
        leaves: "active",
      },
      plan("update_account", moved, "active", { changes }),
      plan("suspend_account", suspended, "suspended"),
      plan("unsuspend_account", archived, "active"),
      plan("reset_password", forgetful, "active"),
      plan("delete_account", deleted, "inactive"),
      { ...plan("suspend_account", leaver, "inactive"), ends: "ACCOUNT_NOT_FOUND" },
    ],
  };
}

function plan(action: TaskAction, { id, name }: Person, leaves: PlannedTask["leaves"], more: object = {}): PlannedTask {
  const payload = { account: { id: String(id) }, ...more };
  return { task: { action, payload }, who: name, ends: "completed", leaves };
}
