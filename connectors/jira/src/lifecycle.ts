import { isUpstreamError, refusalOf, TaskError, undefinedOn, UpstreamError } from "@bridgekit/core";
import type { AccountPayload, ConnectorContext, Verify } from "@bridgekit/core";
import { isLimit } from "./access.ts";
import type { Jira } from "./accounts.ts";
import { stateOf, type OrganizationClient } from "./organization-client.ts";

/** Removes access to everything in the directory; groups stay, seats are freed. */
export async function suspendAccount({ organization }: Jira, accountId: string): Promise<void> {
  const client = demand(organization, "Suspending");
  const refusal = await refusalOf(client.suspend(accountId), 400, 409);
  if (refusal && stateOf(await client.getUser(accountId)) !== "suspended") throw refusal;
}

/** Restores access with the earlier groups; a deactivated account is activated. */
export async function unsuspendAccount({ organization }: Jira, accountId: string): Promise<void> {
  const client = demand(organization, "Restoring a suspended account");
  const refusal = await refusalOf(client.restore(accountId), 400, 402, 403, 409);
  if (!refusal) return;
  const state = isUpstreamError(refusal, 400, 409) ? stateOf(await client.getUser(accountId)) : "suspended";
  if (state === "deactivated") return client.activate(accountId);
  if (state === undefined) return;
  if (refusal.status !== 409 && !isLimit(refusal)) throw refusal;
  const message = `Restoring ${accountId} needs a free seat: ${refusal.message}`;
  throw new TaskError("LICENSE_EXHAUSTED", message, { cause: refusal });
}

/** Jira's own API cannot suspend, and removing the groups instead would lose them. */
function demand(organization: OrganizationClient | undefined, what: string): OrganizationClient {
  if (organization) return organization;
  const needed = "needs an API key of the Atlassian organization, which an organization admin creates";
  const advice = "set organization.id and organization.apiKey in the config.";
  throw new TaskError("PERMISSION_DENIED", `${what} ${needed}: ${advice}`);
}

/** Read from the organization: Jira's `active` follows a suspension later. */
export async function readSuspension(
  { client: { organization } }: ConnectorContext<Jira>,
  { account }: AccountPayload,
) {
  const state = stateOf(await organization!.getUser(account.id));
  return { status: state === "deactivated" ? ("inactive" as const) : (state ?? ("active" as const)) };
}

/**
 * Reads the groups back with one call. An added group may take a while to show, so it is unknown until then; a removed group
 * that is still there is a failure. Products and project roles would each take another call.
 */
export const readGroups: Verify<Jira> = async ({ client: { jira } }, { account, memberships = {}, changes = {} }) => {
  const notYet = (what: string) => UpstreamError.final(`${jira.system} does not yet show ${what}`);
  // A new account may be invisible until its invitation is accepted.
  const groups = await undefinedOn(jira.groupsOf(account.id), "ACCOUNT_NOT_FOUND");
  if (!groups) throw notYet(`user ${account.id}`);
  const given = [...(memberships["group"] ?? []), ...(changes["group"]?.added ?? [])].map(({ id }) => id);
  const lacking = given.filter((id) => !groups.some(({ groupId }) => groupId === id));
  if (lacking.length > 0) throw notYet(`that ${account.id} is in group ${lacking.join(", ")}`);
  return { memberships: { group: groups.map(({ groupId }) => ({ id: groupId })) } };
};
