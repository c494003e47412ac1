import { isUpstreamError, TaskError, toIdentity, type Found, type Wish } from "@bridgekit/core";
import { explainRefusal } from "./access.ts";
import type { Jira } from "./accounts.ts";
import type { JiraClient } from "./jira-client.ts";
import { stateOf } from "./organization-client.ts";

/**
 * The user whom Jira finds by the whole email. One whose profile hides it counts too: that Jira found it says enough,
 * where one whose email is shown and is another is a mere namesake.
 */
export async function findByEmail(jira: JiraClient, { email }: Wish): Promise<Found | undefined> {
  const people = (await jira.searchUsers(email!)).filter(({ accountType }) => accountType === "atlassian");
  // Jira finds nobody for whoever may not search, and would then invite somebody who is there.
  const denied = `The API token's user lacks "Browse users and groups" in ${jira.system}`;
  if (people.length === 0 && !(await jira.hasPermission("USER_PICKER")))
    throw new TaskError("PERMISSION_DENIED", `${denied}, so it can't be told whether the account exists.`);
  const exact = people.find(({ emailAddress }) => toIdentity(emailAddress) === toIdentity(email));
  const hidden = people.filter(({ emailAddress }) => toIdentity(emailAddress) === undefined);
  const doubt = `${jira.system} finds ${hidden.length} users for ${email} and hides their emails, so it can't be told whose it is`;
  const ids = hidden.map(({ accountId }) => accountId).join(", ");
  if (!exact && hidden.length > 1) throw new TaskError("ACCOUNT_ALREADY_EXISTS", `${doubt}: ${ids}.`);
  const found = exact ?? hidden[0];
  return found && { id: found.accountId, note: found.displayName };
}

/** Invites the person. Jira answers 201 for somebody who has access already, and refuses whom its search does not find. */
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
      const advice = "Jira answers this also where the invitation went out, but the account does not show yet";
      const message = `${error.message}. ${advice}: once it is accepted, the next sync brings the account of ${email}.`;
      throw new TaskError("INTERNAL_ERROR", message, { cause: error });
    }
    throw await explainRefusal(jira, error, { takesSeatOf: ({ key }) => products.includes(key) });
  }
}

/** Who has an email and is not active, whom Jira's search does not find; only after a refusal, since it reads everybody. */
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
