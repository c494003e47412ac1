import { INTEGRATION_USERNAME, type Row, type SalesforceSandbox } from "@bridgekit/connector-salesforce/sandbox";
import { planTask } from "../plan-task.ts";
import type { Plan } from "../system.ts";

/** One task of each action, and one for a user who is deactivated meanwhile. */
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
    throw new Error("The Salesforce org has too few people for this; remove the demo's data folder to start again.");

  const newcomer = {
    id: "wanted-1",
    email: `robin.park.${users.length + 1}@example.com`,
    first_name: "Robin",
    last_name: "Park",
  };
  const changes = { permission_set: { added: [{ id: permissionSet.Id }] } };
  return {
    leaver: { ...toPerson(leaver), leave: () => void (leaver["IsActive"] = false) },
    // Salesforce still lists people who left, as inactive.
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
      planTask("update_account", toPerson(promoted), "active", { changes }),
      planTask("suspend_account", toPerson(frozen), "suspended"),
      planTask("unsuspend_account", toPerson(thawed), "active"),
      planTask("reset_password", toPerson(forgetful), "active"),
      planTask("delete_account", toPerson(deleted), "inactive"),
      // Already done, so it completes.
      planTask("delete_account", toPerson(leaver), "inactive"),
    ],
  };
}

function isHeld(org: SalesforceSandbox["org"], set: Row, user: Row | undefined): boolean {
  return org
    .rows("PermissionSetAssignment")
    .some(({ PermissionSetId, AssigneeId }) => PermissionSetId === set.Id && AssigneeId === user?.Id);
}

function toPerson({ Id, Name }: Row) {
  return { id: Id, name: String(Name) };
}
