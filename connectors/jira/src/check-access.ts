import { isUpstreamError, type CheckResult } from "@bridgekit/core";
import type { Jira } from "./accounts.ts";
import type { OrganizationClient } from "./organization-client.ts";

const ORGANIZATION = "Organization API key";
const ADMINISTER = "reading products and every project role, create_account, and changing project roles";
const PERMISSIONS = [
  ["USER_PICKER", "Browse users and groups", "reading accounts and groups"],
  ["ADMINISTER", "Administer Jira", ADMINISTER],
] as const;

/** Checks the permissions of the token's user and the organization's key; writes nothing. */
export async function checkAccess({ jira, organization }: Jira): Promise<CheckResult[]> {
  const { displayName, accountId } = await jira.myself();
  const results: CheckResult[] = [
    { name: "API token", isOk: true, message: `belongs to ${displayName}, ${accountId}` },
  ];
  for (const [key, name, purpose] of PERMISSIONS) {
    const advice = `needed for ${purpose}; give it to the token's user in Jira's global permissions`;
    results.push({ name, isOk: await jira.hasPermission(key), advice });
  }
  return organization ? [...results, await checkOrganization(organization)] : results;
}

async function checkOrganization(organization: OrganizationClient): Promise<CheckResult> {
  try {
    const found = await organization.directories();
    return { name: ORGANIZATION, isOk: true, message: `sees ${found.length} directories` };
  } catch (error) {
    if (!isUpstreamError(error, "PERMISSION_DENIED")) throw error;
    const message = `${error.message}; create a key in Atlassian Administration, Settings, API keys`;
    return { name: ORGANIZATION, isOk: false, message };
  }
}
