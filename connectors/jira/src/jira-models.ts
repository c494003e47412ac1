/** As much of the answers of Jira's REST API, version 3, as the connector reads. */

export interface JiraUser {
  accountId: string;
  /** `atlassian` is a person; `unknown` is what is left of somebody who deleted the account. */
  accountType: string;
  displayName: string;
  active: boolean;
  /** Absent where the person's profile does not show it to us. */
  emailAddress?: string;
}

export interface JiraGroup {
  groupId: string;
  name: string;
}

export interface JiraProject {
  id: string;
  key: string;
  name: string;
}

export interface JiraProjectRole {
  id: number;
  name: string;
  description?: string;
}

/** Somebody who holds a project role: a user, or a group with all of its members. */
export interface JiraRoleActor {
  displayName: string;
  actorUser?: { accountId: string };
  actorGroup?: JiraGroup;
}

/** What Jira calls an application role: access to a product, with its seats. */
export interface JiraProduct {
  key: string;
  name: string;
  /** Whoever is in one of these has the product. */
  groupDetails?: JiraGroup[];
  /** Those into which new users come. */
  defaultGroupsDetails?: JiraGroup[];
  numberOfSeats: number;
  remainingSeats: number;
  userCount: number;
  hasUnlimitedSeats: boolean;
}

export interface JiraLicense {
  applications: { id: string; plan: "UNLICENSED" | "FREE" | "PAID" }[];
}

/** A page that says where it is: of groups, members, projects. */
export interface JiraPage<Item> {
  values: Item[];
  isLast?: boolean;
  total?: number;
}
