import type { TaskAction } from "@bridgekit/client";
import type { JiraSandbox } from "@bridgekit/connector-jira/sandbox";
import type { Plan, PlannedTask } from "../system.ts";

interface Person {
  accountId: string;
  displayName: string;
}

/** Somebody joins a group, somebody is suspended, a password that nobody can reset, and somebody who has left. */
export function planJiraTasks({ site }: JiraSandbox): Plan {
  const people = [...site.users.values()].filter(
    ({ accountType, status }) => accountType === "atlassian" && status === "active",
  );
  // The first two administer the site.
  const [joining, suspended, forgetful, leaver] = people.slice(2).slice(-4);
  const team = site.groups
    .values()
    .find(
      ({ name, isExternal, members }) =>
        name.startsWith("team-") && !isExternal && !members.includes(joining?.accountId ?? ""),
    );
  if (!joining || !suspended || !forgetful || !leaver || !team)
    throw new Error("The Jira site has too few people for this; remove the demo's data folder to begin anew.");

  const changes = { group: { added: [{ id: team.groupId, name: team.name }] } };
  return {
    leaver: {
      id: leaver.accountId,
      name: leaver.displayName,
      leave: () => site.removeUser(site.user(leaver.accountId)),
    },
    // Jira goes on listing those who left, as inactive.
    removed: 0,
    tasks: [
      plan("update_account", joining, "active", { changes }),
      plan("suspend_account", suspended, "suspended"),
      {
        ...plan("reset_password", forgetful, "active"),
        ends: "INTERNAL_ERROR",
        says: "id.atlassian.com/login/resetpassword",
      },
      { ...plan("suspend_account", leaver, "inactive"), ends: "ACCOUNT_NOT_FOUND" },
    ],
  };
}

function plan(
  action: TaskAction,
  { accountId, displayName }: Person,
  leaves: PlannedTask["leaves"],
  more: object = {},
): PlannedTask {
  const payload = { account: { id: accountId }, ...more };
  return { task: { action, payload }, who: displayName, ends: "completed", leaves };
}
