const USER_FIELDS = "Id,Username,Email,FirstName,LastName,Name,IsActive,ProfileId,UserRoleId,Profile.UserLicenseId";

/** The queried fields of a user. */
export interface UserRow {
  Id: string;
  Username: string;
  IsActive: unknown;
  ProfileId: string | null;
  UserRoleId: string | null;
  Profile: { UserLicenseId: string | null } | null;
}

/** A user's login, which can be frozen. */
export type LoginRow = { Id: string; UserId: string; IsFrozen: unknown };

/** Only groups created by people have a `Name`. */
export type GroupRow = { Id: string; Type: string };

/** `UserOrGroupId` is `005…` for a user, `00G…` for a nested group. */
export type MemberRow = { Id: string; GroupId: string; UserOrGroupId: string; Group: { Type: string } | null };

/**
 * The queries. They exclude technical rows: users who are not people, permission sets behind a profile or a group of sets,
 * and groups behind a role.
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

/** Queries the assignments of permission sets, and of their groups if the org has them, of everybody or of one user. */
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

/** Continues a query ordered by id after a row. A query without order stays as it is. */
export function behindRow(soql: string, id: string): string {
  const joint = soql.includes(" WHERE ") ? "AND" : "WHERE";
  return soql.replace(/ ORDER BY Id$/, ` ${joint} Id>${quote(id)} ORDER BY Id`);
}

/** Quotes a text for SOQL. */
function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}
