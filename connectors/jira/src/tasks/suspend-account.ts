import { isUpstreamError, TaskError } from "@bridgekit/core";
import { isDeactivated, isSuspended, type OrganizationClient } from "../organization-client.ts";

/** Takes access to everything in the directory; groups stay, seats are freed. */
export async function suspendAccount(organization: OrganizationClient | undefined, accountId: string): Promise<void> {
  const client = demand(organization, "Suspending");
  try {
    await client.suspend(accountId);
  } catch (error) {
    if (await isAlready(client, error, accountId, true)) return;
    throw error;
  }
}

/** Gives access back, with the groups from before; an account that was deactivated is activated. */
export async function unsuspendAccount(organization: OrganizationClient | undefined, accountId: string): Promise<void> {
  const client = demand(organization, "Restoring a suspended account");
  try {
    await client.restore(accountId);
  } catch (error) {
    if (isRefusal(error) && isDeactivated(await client.getUser(accountId))) return client.activate(accountId);
    if (await isAlready(client, error, accountId, false)) return;
    const isLimit = isUpstreamError(error) && (error.status === 409 || /licen[cs]e|user limit/i.test(error.message));
    if (!isLimit) throw error;
    throw new TaskError("LICENSE_EXHAUSTED", `Restoring ${accountId} needs a free seat: ${error.message}`, {
      cause: error,
    });
  }
}

/** Jira's own API can't suspend, and taking the groups away instead would lose them for good. */
function demand(organization: OrganizationClient | undefined, what: string): OrganizationClient {
  if (organization) return organization;
  throw new TaskError(
    "PERMISSION_DENIED",
    `${what} needs an API key of the Atlassian organization, which an organization admin makes: ` +
      "set organization.id and organization.apiKey in the config.",
  );
}

/** Whether a refusal is one because the account is in that state already. */
async function isAlready(
  organization: OrganizationClient,
  error: unknown,
  accountId: string,
  isWanted: boolean,
): Promise<boolean> {
  if (!isRefusal(error)) return false;
  return isSuspended(await organization.getUser(accountId)) === isWanted;
}

function isRefusal(error: unknown): boolean {
  return isUpstreamError(error) && (error.status === 400 || error.status === 409);
}
