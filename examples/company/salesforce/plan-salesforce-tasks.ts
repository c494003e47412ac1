import type { TaskAction } from "@bridgekit/client";
import { INTEGRATION_USERNAME, type Row, type SalesforceSandbox } from "@bridgekit/connector-salesforce/sandbox";
import type { Plan, PlannedTask } from "../system.ts";

/** One task of each action, and one for somebody whom an administrator deactivates meanwhile. */
export function planSalesforceTasks({ org }: SalesforceSandbox): Plan {
  const users = org
    .rows("User")
    .filter(({ UserType, Username }) => UserType === "Standard" && Username !== INTEGRATION_USERNAME);
  const people = users.filter(({ IsActive, Id }) => IsActive === true && !org.isFrozen(Id));
  const [promoted, frozen, forgetful, deleted, leaver] = people.slice(-5);
  const thawed = users.find(({ IsActive, Id }) => IsActive === true && org.isFrozen(Id));
  const profile = org.rows("Profile").find(({ Name }) => Name === "Standard User");
  const permissionSet = org
    .rows("PermissionSet")
    .find((set) => set["IsOwnedByProfile"] === false && set["Type"] === "Regular" && !isHeld(org, set, promoted));
  if (!promoted || !frozen || !forgetful || !deleted || !leaver || !thawed || !profile || !permissionSet)
    throw new Error("The Salesforce org has too few people for this; remove the demo's data folder to begin anew.");

  const newcomer = {
    id: "wanted-1",
    email: `robin.park.${users.length + 1}@example.com`,
    first_name: "Robin",
    last_name: "Park",
  };
  const changes = { permission_set: { added: [{ id: permissionSet.Id }] } };
  return {
    leaver: { id: leaver.Id, name: String(leaver["Name"]), leave: () => void (leaver["IsActive"] = false) },
    // Salesforce goes on listing those who left, as inactive.
    removed: 0,
    tasks: [
      {
        task: {
          action: "create_account",
          payload: { account: newcomer, memberships: { profile: [{ id: profile.Id }] } },
        },
        who: "Robin Park",
        ends: "completed",
        leaves: "active",
      },
      plan("update_account", promoted, "active", { changes }),
      plan("suspend_account", frozen, "suspended"),
      plan("unsuspend_account", thawed, "active"),
      plan("reset_password", forgetful, "active"),
      plan("delete_account", deleted, "inactive"),
      // Done already, which is as good as done.
      plan("delete_account", leaver, "inactive"),
    ],
  };
}

function isHeld(org: SalesforceSandbox["org"], set: Row, user: Row | undefined): boolean {
  return org
    .rows("PermissionSetAssignment")
    .some(({ PermissionSetId, AssigneeId }) => PermissionSetId === set.Id && AssigneeId === user?.Id);
}

function plan(action: TaskAction, user: Row, leaves: PlannedTask["leaves"], more: object = {}): PlannedTask {
  const payload = { account: { id: user.Id }, ...more };
  return { task: { action, payload }, who: String(user["Name"]), ends: "completed", leaves };
}
