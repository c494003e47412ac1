const USER_FIELDS = "Id,Username,Email,FirstName,LastName,Name,IsActive,ProfileId,UserRoleId,Profile.UserLicenseId";

/**
 * What is asked of Salesforce. Rows that mean nothing to people are left out: users that are no people, permission sets
 * that stand behind a profile or a group of sets, and groups that stand behind a role.
 */
export const QUERIES = {
  users: `SELECT ${USER_FIELDS} FROM User WHERE UserType='Standard' ORDER BY Id`,
  logins: "SELECT Id,UserId,IsFrozen FROM UserLogin ORDER BY Id",
  profiles: "SELECT Id,Name,Description FROM Profile ORDER BY Id",
  roles: "SELECT Id,Name,ParentRoleId FROM UserRole ORDER BY Id",
  permissionSets:
    "SELECT Id,Name,Label,Description FROM PermissionSet " +
    "WHERE IsOwnedByProfile=false AND Type IN ('Regular','Standard','Session') ORDER BY Id",
  permissionSetGroups: "SELECT Id,MasterLabel,DeveloperName,Description FROM PermissionSetGroup ORDER BY Id",
  groups: "SELECT Id,Name,DeveloperName,Type FROM Group ORDER BY Id",
  members: `${members("Group.Type IN ('Regular','Queue')")} ORDER BY Id`,
  userLicenses: "SELECT Id,Name,MasterLabel,Status,TotalLicenses,UsedLicenses FROM UserLicense ORDER BY Id",
  permissionSetLicenses:
    "SELECT Id,MasterLabel,DeveloperName,Status,TotalLicenses,UsedLicenses FROM PermissionSetLicense ORDER BY Id",
  licenseAssignments: `${licenseAssignments("Assignee.UserType='Standard'")} ORDER BY Id`,
} as const;

/** The assignments of permission sets and their groups; `hasGroups` where the org has groups of them. */
export function permissionSetAssignments(hasGroups: boolean, userId?: string): string {
  const fields = ["Id", "AssigneeId", "PermissionSetId", ...(hasGroups ? ["PermissionSetGroupId"] : [])];
  const whose = userId === undefined ? "Assignee.UserType='Standard'" : `AssigneeId=${quote(userId)}`;
  return (
    `SELECT ${fields.join(",")},PermissionSet.Type FROM PermissionSetAssignment ` +
    `WHERE PermissionSet.IsOwnedByProfile=false AND ${whose} ORDER BY Id`
  );
}

export const QUERIES_OF = {
  user: (id: string) => `SELECT ${USER_FIELDS} FROM User WHERE Id=${quote(id)}`,
  login: (id: string) => `SELECT Id,UserId,IsFrozen FROM UserLogin WHERE UserId=${quote(id)}`,
  members: (id: string) => `${members(`Group.Type IN ('Regular','Queue') AND UserOrGroupId=${quote(id)}`)} ORDER BY Id`,
  licenseAssignments: (id: string) => `${licenseAssignments(`AssigneeId=${quote(id)}`)} ORDER BY Id`,
  userNamed: (username: string) => `SELECT Id,IsActive,CreatedDate FROM User WHERE Username=${quote(username)}`,
  profile: (id: string) => `SELECT Id,Name,UserLicenseId FROM Profile WHERE Id=${quote(id)}`,
} as const;

function members(where: string): string {
  return `SELECT Id,GroupId,UserOrGroupId,Group.Type FROM GroupMember WHERE ${where}`;
}

function licenseAssignments(where: string): string {
  return `SELECT Id,AssigneeId,PermissionSetLicenseId FROM PermissionSetLicenseAssign WHERE ${where}`;
}

/** The rest of a query in the order of ids: the rows behind this one. A query in no order stays as it is. */
export function behindRow(soql: string, id: string): string {
  const joint = soql.includes(" WHERE ") ? "AND" : "WHERE";
  return soql.replace(/ ORDER BY Id$/, ` ${joint} Id>${quote(id)} ORDER BY Id`);
}

/** A text as SOQL writes it. */
function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}
