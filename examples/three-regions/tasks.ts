import type { TaskAction, TaskCreate } from "@bridgekit/client";
import type { OdooSandbox } from "@bridgekit/connector-hr/sandbox";

/** What the administrators of the region want done, and who leaves meanwhile. */
export interface Plan {
  tasks: TaskCreate[];
  leaver: { id: string; name: string };
  /** Whose account a task deletes. */
  deleted: string;
  /** Login of the account that a task creates. */
  newcomer: string;
}

/** One task of each action for people of the region, and one for the leaver, whose account is gone by then. */
export function planTasks(sandbox: OdooSandbox): Plan {
  const users = sandbox.users();
  // Those with an employee: the others are users that the system itself or its services need.
  const employed = new Set(sandbox.employees().map(({ user_id }) => user_id));
  const people = users.filter(({ id, active }) => active && employed.has(id));
  const archived = users.find(({ id, active }) => !active && employed.has(id));
  const [moved, suspended, forgetful, deleted, leaver] = people.slice(-5);
  const [department] = sandbox.departments();
  const group = sandbox.groups().find(({ id }) => !moved?.group_ids.includes(id));
  if (!moved || !suspended || !forgetful || !deleted || !leaver || !archived || !department || !group)
    throw new Error("The region has too few people for this; remove the demo's data folder to begin anew.");

  const newcomer = `jordan.lee.${Math.max(...users.map((user) => user.id)) + 1}@example.com`;
  const task = (action: TaskAction, user: { id: number }, more: object = {}): TaskCreate => ({
    action,
    payload: { account: { id: String(user.id) }, ...more },
  });
  return {
    leaver: { id: String(leaver.id), name: leaver.name },
    deleted: String(deleted.id),
    newcomer,
    tasks: [
      {
        action: "create_account",
        payload: {
          account: { id: "wanted-1", email: newcomer, first_name: "Jordan", last_name: "Lee" },
          memberships: { department: [{ id: String(department.id) }], access_group: [{ id: String(group.id) }] },
        },
      },
      task("update_account", moved, { changes: { access_group: { added: [{ id: String(group.id) }], removed: [] } } }),
      task("suspend_account", suspended),
      task("unsuspend_account", archived),
      task("reset_password", forgetful),
      task("delete_account", deleted),
      task("suspend_account", leaver),
    ],
  };
}
