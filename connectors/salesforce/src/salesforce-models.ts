/** Rows as the queries of `queries.ts` give them out. */
export interface UserRow {
  Id: string;
  Username: string;
  Email: string | null;
  FirstName: string | null;
  LastName: string | null;
  Name: string | null;
  IsActive: boolean;
  ProfileId: string | null;
  UserRoleId: string | null;
  Profile: { UserLicenseId: string | null } | null;
}

export interface UserLoginRow {
  Id: string;
  UserId: string;
  IsFrozen: boolean;
}

export interface ProfileRow {
  Id: string;
  Name: string;
  Description: string | null;
}

export interface RoleRow {
  Id: string;
  Name: string;
  ParentRoleId: string | null;
}

export interface PermissionSetRow {
  Id: string;
  Name: string;
  Label: string | null;
  Description: string | null;
}

export interface PermissionSetGroupRow {
  Id: string;
  MasterLabel: string | null;
  DeveloperName: string;
  Description: string | null;
}

export interface PermissionSetAssignmentRow {
  Id: string;
  AssigneeId: string;
  PermissionSetId: string | null;
  /** Set where the user has the set through a group of sets; the set is then one that stands behind the group. */
  PermissionSetGroupId?: string | null;
  PermissionSet: { Type: string } | null;
}

export interface GroupRow {
  Id: string;
  /** Only groups that people made have one. */
  Name: string | null;
  DeveloperName: string | null;
  Type: string;
}

export interface GroupMemberRow {
  Id: string;
  GroupId: string;
  /** `005…` of a user, `00G…` of a group within the group. */
  UserOrGroupId: string;
  Group: { Type: string } | null;
}

export interface LicenseRow {
  Id: string;
  Name?: string;
  MasterLabel: string | null;
  DeveloperName?: string;
  Status: string | null;
  TotalLicenses: number | null;
  UsedLicenses: number | null;
}

export interface LicenseAssignmentRow {
  Id: string;
  AssigneeId: string;
  PermissionSetLicenseId: string;
}
