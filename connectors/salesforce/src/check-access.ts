import { isUpstreamError, type CheckResult } from "@bridgekit/core";
import type { SalesforceClient } from "./salesforce-client.ts";

const PERMISSIONS = {
  PermissionsViewSetup: ["View Setup and Configuration", "reading licenses and assignments"],
  PermissionsViewAllUsers: ["View All Users", "reading every account"],
  PermissionsManageUsers: ["Manage Users", "the status suspended, and every action"],
  PermissionsAssignPermissionSets: ["Assign Permission Sets", "changing permission sets, their groups and licenses"],
  PermissionsResetPasswords: ["Reset User Passwords and Unlock Users", "reset_password"],
} as const;
type Permission = keyof typeof PERMISSIONS;

/** Signs in and checks the permissions of the connector's user; writes nothing. */
export async function checkAccess(salesforce: SalesforceClient): Promise<CheckResult[]> {
  const userId = await salesforce.userId();
  const names = Object.keys(PERMISSIONS) as Permission[];
  const signIn = { name: "Sign-in", isOk: true, ...(userId && { message: `as user ${userId}` }) };
  try {
    const soql = `SELECT Id,${names.join(",")} FROM UserPermissionAccess`;
    const row = await salesforce.first<{ Id: string } & Record<Permission, boolean>>(soql);
    const results = names.map((permission) => {
      const [name, purpose] = PERMISSIONS[permission];
      const advice = `needed for ${purpose}; give it to the connector's user by a permission set`;
      return { name, isOk: row?.[permission] === true, advice };
    });
    return [signIn, ...results];
  } catch (error) {
    if (!isUpstreamError(error, 400)) throw error;
    return [signIn, { name: "Permissions", isOk: false, message: `could not be read: ${error.message}` }];
  }
}
