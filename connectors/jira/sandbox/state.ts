/** Everything the sandbox knows, as plain JSON: what `snapshot()` answers and `createJiraSandbox({ state })` takes. */
export interface JiraState {
  users: UserRow[];
  groups: GroupRow[];
  projects: ProjectRow[];
  roles: RoleRow[];
  actors: ActorRow[];
  /** Who gets a role in every new project, by role: actors of no project. */
  defaultActors?: ActorRow[];
  products: ProductRow[];
  nextActorId: number;
  nextRoleId: number;
}

export interface UserRow {
  accountId: string;
  accountType: "atlassian" | "app" | "customer" | "unknown";
  displayName: string;
  emailAddress: string;
  /** Whether the profile lets others see the email. */
  isEmailShown: boolean;
  status: "active" | "suspended" | "deactivated" | "removed";
  /** Not visible to the API at all, but counted by the positions of a list: such rows make its pages short. */
  isHidden?: boolean;
}

export interface GroupRow {
  groupId: string;
  name: string;
  /** Account ids, in the order of joining. */
  members: string[];
  /** Synced from an identity provider, so not to be changed through Jira. */
  isExternal?: boolean;
}

export interface ProjectRow {
  id: string;
  key: string;
  name: string;
  style: "classic" | "next-gen";
  description: string;
  /** Everybody may see it; the others are for administrators. */
  isPublic: boolean;
}

export interface RoleRow {
  id: number;
  name: string;
  description: string;
  /** Set for the roles of a team-managed project, which no other project has. */
  projectId?: string;
}

/** A user or a group who holds a role in a project. */
export interface ActorRow {
  id: number;
  projectId: string;
  roleId: number;
  accountId?: string;
  groupId?: string;
}

export interface ProductRow {
  key: string;
  name: string;
  plan: "UNLICENSED" | "FREE" | "PAID";
  groupIds: string[];
  defaultGroupIds: string[];
  numberOfSeats: number;
  hasUnlimitedSeats: boolean;
  /** Seats that are taken by nobody who counts as a user: what remains is not seats less users. */
  reservedSeats: number;
}
