import { isUpstreamError, type CheckResult } from "@bridgekit/core";
import type { JiraClient } from "./jira-client.ts";
import type { OrganizationClient } from "./organization-client.ts";

/** Asks Jira what the token's user may do, and the organization whether it takes the key; writes nothing. */
export async function checkAccess(
  jira: JiraClient,
  organization: OrganizationClient | undefined,
): Promise<CheckResult[]> {
  const { displayName, accountId } = await jira.myself();
  const { USER_PICKER, ADMINISTER } = await jira.permissions(["USER_PICKER", "ADMINISTER"]);
  return [
    { name: "API token", isOk: true, message: `belongs to ${displayName} (${accountId})` },
    permission("Browse users and groups", USER_PICKER, "reading accounts and groups"),
    permission(
      "Administer Jira",
      ADMINISTER,
      "reading products and every project role, create_account, and changing project roles",
    ),
    ...(organization ? [await checkOrganization(organization)] : []),
  ];
}

function permission(name: string, isOk: boolean, purpose: string): CheckResult {
  return isOk
    ? { name, isOk }
    : { name, isOk, message: `needed for ${purpose}; give it to the token's user in Jira's global permissions` };
}

async function checkOrganization(organization: OrganizationClient): Promise<CheckResult> {
  const name = "Organization API key";
  try {
    const found = await organization.directories();
    return { name, isOk: true, message: `sees ${found.length} directories` };
  } catch (error) {
    if (!isUpstreamError(error) || error.code !== "PERMISSION_DENIED") throw error;
    return {
      name,
      isOk: false,
      message: `${error.message}; make a key in Atlassian Administration, Settings, API keys`,
    };
  }
}
