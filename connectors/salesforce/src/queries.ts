const USER_FIELDS = "Id,Username,Email,FirstName,LastName,Name,IsActive,ProfileId,UserRoleId,Profile.UserLicenseId";

/** As much of a user as the queries give out. */
export interface UserRow {
  Id: string;
  Username: string;
  IsActive: unknown;
  ProfileId: string | null;
  UserRoleId: string | null;
  Profile: { UserLicenseId: string | null } | null;
}

/** The login of a user, which can be frozen. */
export type LoginRow = { Id: string; UserId: string; IsFrozen: unknown };

/** Only groups that people made have a `Name`. */
export type GroupRow = { Id: string; Type: string };

/** `UserOrGroupId` is `005…` of a user, `00G…` of a group within the group. */
export type MemberRow = { Id: string; GroupId: string; UserOrGroupId: string; Group: { Type: string } | null };

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
  userLicenses: "SELECT Id,Name,MasterLabel,Status,TotalLicenses,UsedLicenses FROM UserLicense ORDER BY Id",
  permissionSetLicenses:
    "SELECT Id,MasterLabel,DeveloperName,Status,TotalLicenses,UsedLicenses FROM PermissionSetLicense ORDER BY Id",
} as const;

export const QUERIES_OF = {
  user: (id: string) => `SELECT ${USER_FIELDS} FROM User WHERE Id=${quote(id)}`,
  login: (id: string) => `SELECT Id,UserId,IsFrozen FROM UserLogin WHERE UserId=${quote(id)}`,
  userNamed: (username: string) => `SELECT Id,IsActive,CreatedDate FROM User WHERE Username=${quote(username)}`,
  profile: (id: string) => `SELECT Id,Name,UserLicenseId FROM Profile WHERE Id=${quote(id)}`,
} as const;

/** The assignments of permission sets and their groups, of everybody or of a user; `hasGroups` where the org has groups. */
export function permissionSetAssignments(hasGroups: boolean, userId?: string): string {
  const group = hasGroups ? ",PermissionSetGroupId" : "";
  return (
    `SELECT Id,AssigneeId,PermissionSetId${group},PermissionSet.Type FROM PermissionSetAssignment ` +
    `WHERE PermissionSet.IsOwnedByProfile=false AND ${assignedTo(userId)} ORDER BY Id`
  );
}

export function members(userId?: string): string {
  const whose = userId === undefined ? "" : ` AND UserOrGroupId=${quote(userId)}`;
  const where = `Group.Type IN ('Regular','Queue')${whose}`;
  return `SELECT Id,GroupId,UserOrGroupId,Group.Type FROM GroupMember WHERE ${where} ORDER BY Id`;
}

export function licenseAssignments(userId?: string): string {
  const fields = "Id,AssigneeId,PermissionSetLicenseId";
  return `SELECT ${fields} FROM PermissionSetLicenseAssign WHERE ${assignedTo(userId)} ORDER BY Id`;
}

const assignedTo = (userId: string | undefined) =>
  userId === undefined ? "Assignee.UserType='Standard'" : `AssigneeId=${quote(userId)}`;

/** The rest of a query in the order of ids: the rows behind this one. A query in no order stays as it is. */
export function behindRow(soql: string, id: string): string {
  const joint = soql.includes(" WHERE ") ? "AND" : "WHERE";
  return soql.replace(/ ORDER BY Id$/, ` ${joint} Id>${quote(id)} ORDER BY Id`);
}

/** A text as SOQL writes it. */
function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}
