import { isUpstreamError, TaskError, toIdentity, type Found, type Wish } from "@bridgekit/core";
import { explainRefusal } from "./access.ts";
import type { Jira } from "./accounts.ts";
import type { JiraClient } from "./jira-client.ts";
import { stateOf } from "./organization-client.ts";

/**
 * Finds a user by the full email. A user whose profile hides the email counts too, since Jira found it by that email; a user
 * with another visible email does not.
 */
export async function findByEmail(jira: JiraClient, { email }: Wish): Promise<Found | undefined> {
  const people = (await jira.searchUsers(email!)).filter(({ accountType }) => accountType === "atlassian");
  // Without the permission to search Jira finds nobody, and would invite an existing user again.
  const denied = `The API token's user lacks "Browse users and groups" in ${jira.system}`;
  if (people.length === 0 && !(await jira.hasPermission("USER_PICKER")))
    throw new TaskError("PERMISSION_DENIED", `${denied}, so it is unknown whether the account exists.`);
  const exact = people.find(({ emailAddress }) => toIdentity(emailAddress) === toIdentity(email));
  const hidden = people.filter(({ emailAddress }) => toIdentity(emailAddress) === undefined);
  const doubt = `${jira.system} finds ${hidden.length} users for ${email} and hides their emails, so it is unknown whose it is`;
  const ids = hidden.map(({ accountId }) => accountId).join(", ");
  if (!exact && hidden.length > 1) throw new TaskError("ACCOUNT_ALREADY_EXISTS", `${doubt}: ${ids}.`);
  const found = exact ?? hidden[0];
  return found && { id: found.accountId, note: found.displayName };
}

/** Invites a person. Jira returns 201 for a user who already has access, and refuses users that its search does not find. */
export async function invite(client: Jira, email: string, products: readonly string[]): Promise<string> {
  const { jira } = client;
  try {
    return (await jira.createUser(email, products)).accountId;
  } catch (error) {
    if (isUpstreamError(error, 400) && /\bexists\b/i.test(error.message)) {
      const who = (await findInactive(client, email)) ?? error.message;
      const message = `${jira.system} has an account for ${email} already: ${who}.`;
      throw new TaskError("ACCOUNT_ALREADY_EXISTS", message, { cause: error });
    }
    if (isUpstreamError(error) && /failed to add user/i.test(error.message)) {
      const advice = "Jira also returns this if the invitation was sent but the account is not visible yet";
      const message = `${error.message}. ${advice}: the next sync after it is accepted reads the account of ${email}.`;
      throw new TaskError("INTERNAL_ERROR", message, { cause: error });
    }
    throw await explainRefusal(jira, error, { takesSeatOf: ({ key }) => products.includes(key) });
  }
}

/** Finds an inactive user by email, which Jira's search cannot; reads all users, so only after a refusal. */
async function findInactive({ jira, organization }: Jira, email: string): Promise<string | undefined> {
  const wanted = toIdentity(email);
  const describe = (id: string, name: string, state: string | undefined) =>
    `user ${id}, ${name}${state ? `, who is ${state}; use unsuspend_account to bring the account back` : ""}`;
  if (organization) {
    for await (const user of organization.users())
      if (toIdentity(user.email) === wanted) return describe(user.accountId, user.name ?? email, stateOf(user));
    return undefined;
  }
  for await (const { accountId, displayName, active, emailAddress } of jira.users())
    if (!active && toIdentity(emailAddress) === wanted) return describe(accountId, displayName, "deactivated");
  return undefined;
}
