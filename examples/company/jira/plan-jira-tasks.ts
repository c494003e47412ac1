import type { JiraSandbox } from "@bridgekit/connector-jira/sandbox";
import { planTask } from "../plan-task.ts";
import type { Plan } from "../system.ts";

interface Person {
  accountId: string;
  displayName: string;
}

/** Somebody joins a group, somebody is suspended, a password reset is refused, and somebody has left. */
export function planJiraTasks({ site }: JiraSandbox): Plan {
  const people = [...site.users.values()].filter(
    ({ accountType, status }) => accountType === "atlassian" && status === "active",
  );
  // The first two are administrators of the site.
  const [joining, suspended, forgetful, leaver] = people.slice(2).slice(-4);
  const team = site.groups
    .values()
    .find(
      ({ name, isExternal, members }) =>
        name.startsWith("team-") && !isExternal && !members.includes(joining?.accountId ?? ""),
    );
  if (!joining || !suspended || !forgetful || !leaver || !team)
    throw new Error("The Jira site has too few people for this; remove the demo's data folder to start again.");

  const changes = { group: { added: [{ id: team.groupId, name: team.name }] } };
  return {
    leaver: {
      ...toPerson(leaver),
      leave: () => site.removeUser(site.user(leaver.accountId)),
    },
    // Jira still lists people who left, as inactive.
    removed: 0,
    tasks: [
      planTask("update_account", toPerson(joining), "active", { changes }),
      planTask("suspend_account", toPerson(suspended), "suspended"),
      {
        ...planTask("reset_password", toPerson(forgetful), "active"),
        ends: "refused",
        says: "id.atlassian.com/login/resetpassword",
      },
      { ...planTask("suspend_account", toPerson(leaver), "inactive"), ends: "ACCOUNT_NOT_FOUND" },
    ],
  };
}

function toPerson({ accountId, displayName }: Person) {
  return { id: accountId, name: displayName };
}
