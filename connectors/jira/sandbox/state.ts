/** Everything the sandbox knows, as plain JSON: what `snapshot()` returns and `createJiraSandbox({ state })` takes. */
export interface JiraState {
  users: UserRow[];
  groups: GroupRow[];
  projects: ProjectRow[];
  roles: RoleRow[];
  actors: ActorRow[];
  /** Actors who get a role in every new project, by role. */
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
  /** Hidden from the API but counted by positions of a list, so that its pages are short. */
  isHidden?: boolean;
}

export interface GroupRow {
  groupId: string;
  name: string;
  /** Account ids, in the order of joining. */
  members: string[];
  /** Synced from an identity provider, so Jira refuses changes. */
  isExternal?: boolean;
}

export interface ProjectRow {
  id: string;
  key: string;
  name: string;
  style: "classic" | "next-gen";
  description: string;
  /** Whether everybody may see it, not only administrators. */
  isPublic: boolean;
}

export interface RoleRow {
  id: number;
  name: string;
  description: string;
  /** The team-managed project that the role belongs to. */
  projectId?: string;
}

/** A user or a group that holds a role in a project. */
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
  /** Seats that are taken by nobody who counts as a user. */
  reservedSeats: number;
}
