import type { OdooSandbox } from "@bridgekit/connector-hr/sandbox";
import { planTask } from "../plan-task.ts";
import type { Plan } from "../system.ts";

interface Person {
  id: number;
  name: string;
}

/** One task of each action for people of the region, and one for the leaver, whose account no longer exists by then. */
export function planOdooTasks(odoo: OdooSandbox): Plan {
  const users = odoo.users();
  // Users with an employee; the others are technical.
  const employed = new Set(odoo.employees().map(({ user_id }) => user_id));
  const people = users.filter(({ id, active }) => active && employed.has(id));
  const archived = users.find(({ id, active }) => !active && employed.has(id));
  const [moved, suspended, forgetful, deleted, leaver] = people.slice(-5);
  const [department] = odoo.departments();
  const group = odoo.groups().find(({ id }) => !moved?.group_ids.includes(id));
  if (!moved || !suspended || !forgetful || !deleted || !leaver || !archived || !department || !group)
    throw new Error("The HR system has too few people for this; remove the demo's data folder to start again.");

  const memberships = { department: [{ id: String(department.id) }], access_group: [{ id: String(group.id) }] };
  const newcomer = {
    id: "wanted-1",
    email: `jordan.lee.${Math.max(...users.map(({ id }) => id)) + 1}@example.com`,
    first_name: "Jordan",
    last_name: "Lee",
  };
  const changes = { access_group: { added: [{ id: String(group.id) }] } };
  return {
    leaver: { ...toPerson(leaver), leave: () => odoo.removeUser(leaver.id) },
    // The leaver, and the account that a task deletes.
    removed: 2,
    tasks: [
      {
        task: { action: "create_account", payload: { account: newcomer, memberships } },
        who: "Jordan Lee",
        ends: "completed",
        leaves: "active",
      },
      planTask("update_account", toPerson(moved), "active", { changes }),
      planTask("suspend_account", toPerson(suspended), "suspended"),
      planTask("unsuspend_account", toPerson(archived), "active"),
      planTask("reset_password", toPerson(forgetful), "active"),
      planTask("delete_account", toPerson(deleted), "inactive"),
      { ...planTask("suspend_account", toPerson(leaver), "inactive"), ends: "ACCOUNT_NOT_FOUND" },
    ],
  };
}

function toPerson({ id, name }: Person) {
  return { id: String(id), name };
}
