/** As much of the answers of Jira's REST API, version 3, as the connector reads. */

export interface JiraUser {
  accountId: string;
  /** `atlassian` is a person; `unknown` is what is left of somebody who deleted the account. */
  accountType: string;
  displayName: string;
  active: boolean;
  /** Absent where the person's profile does not show it to us; sometimes `null` or empty. */
  emailAddress?: string | null;
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
  description?: string | null;
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
  groupDetails?: JiraGroup[] | null;
  /** Those into which new users come. */
  defaultGroupsDetails?: JiraGroup[] | null;
  numberOfSeats?: number | null;
  remainingSeats?: number | null;
  userCount?: number | null;
  hasUnlimitedSeats?: boolean | null;
}

export interface JiraLicense {
  applications?: { id: string; plan: "UNLICENSED" | "FREE" | "PAID" }[] | null;
}

/** A page that says where it is: of groups, members, projects. */
export interface JiraPage<Item> {
  values: Item[];
  isLast?: boolean | null;
  total?: number | null;
}
