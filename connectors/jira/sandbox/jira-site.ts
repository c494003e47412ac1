import { badRequest, noSuchUser, notFound } from "./jira-error.ts";
import type { ActorRow, GroupRow, JiraState, ProductRow, ProjectRow, RoleRow, UserRow } from "./state.ts";

/** A site with its rules: memberships, roles and seats. */
export class JiraSite {
  readonly users: Map<string, UserRow>;
  readonly groups: Map<string, GroupRow>;
  readonly projects: Map<string, ProjectRow>;
  readonly roles: Map<number, RoleRow>;
  readonly products: ProductRow[];
  /** Actors who get a role in every new project. */
  defaultActors: ActorRow[];
  /** Actors by project and role. */
  readonly #actors = new Map<string, ActorRow[]>();
  #nextActorId: number;
  #nextRoleId: number;

  constructor(state: JiraState) {
    const { users, groups, projects, roles, actors, products, nextActorId, nextRoleId, ...rest } =
      structuredClone(state);
    this.defaultActors = rest.defaultActors ?? [];
    this.users = new Map(users.map((user) => [user.accountId, user]));
    this.groups = new Map(groups.map((group) => [group.groupId, group]));
    this.projects = new Map(projects.map((project) => [project.id, project]));
    this.roles = new Map(roles.map((role) => [role.id, role]));
    this.products = products;
    this.#nextActorId = nextActorId;
    this.#nextRoleId = nextRoleId;
    for (const actor of actors) this.actorsOf(actor.projectId, actor.roleId).push(actor);
  }

  snapshot(): JiraState {
    return structuredClone({
      users: [...this.users.values()],
      groups: [...this.groups.values()],
      projects: [...this.projects.values()],
      roles: [...this.roles.values()],
      actors: [...this.#actors.values()].flat(),
      defaultActors: this.defaultActors,
      products: this.products,
      nextActorId: this.#nextActorId,
      nextRoleId: this.#nextRoleId,
    });
  }

  /** Finds a user of the site; removed users only appear in the list of users. */
  user(accountId: string | undefined): UserRow {
    const user = this.users.get(accountId ?? "");
    if (!user || user.status === "removed" || user.isHidden) throw noSuchUser();
    return user;
  }

  /** Finds a group by id or, as in older versions, by name. */
  group({ groupId, groupname }: { groupId?: string | undefined; groupname?: string | undefined }): GroupRow {
    if (groupId === undefined && groupname === undefined)
      throw badRequest("Either the groupname or the groupId parameter must be provided.");
    if (groupId !== undefined && groupname !== undefined)
      throw badRequest("The groupname and groupId parameters can't be used together.");
    const group = groupId !== undefined ? this.groups.get(groupId) : this.groupNamed(groupname!);
    if (!group) throw notFound(`The group '${groupId ?? groupname}' does not exist.`);
    return group;
  }

  groupNamed(name: string): GroupRow | undefined {
    return this.groups.values().find((group) => group.name === name);
  }

  groupsOf(accountId: string): GroupRow[] {
    return [...this.groups.values()].filter(({ members }) => members.includes(accountId));
  }

  project(idOrKey: string): ProjectRow {
    const project = this.projects.get(idOrKey) ?? this.projects.values().find(({ key }) => key === idOrKey);
    if (!project) throw notFound(`No project could be found with key '${idOrKey}'.`);
    return project;
  }

  /** The roles of a project: the shared ones, or its own if it is team-managed. */
  rolesOf({ id, style }: ProjectRow): RoleRow[] {
    return [...this.roles.values()].filter(({ projectId }) =>
      style === "next-gen" ? projectId === id : projectId === undefined,
    );
  }

  role(project: ProjectRow, roleId: number): RoleRow {
    const role = this.rolesOf(project).find(({ id }) => id === roleId);
    if (!role) throw notFound(`Can not retrieve a role actor for a null project role.`);
    return role;
  }

  addRole(name: string, description: string): RoleRow {
    const role = { id: this.#nextRoleId++, name, description };
    this.roles.set(role.id, role);
    return role;
  }

  actorsOf(projectId: string, roleId: number): ActorRow[] {
    const key = `${projectId}:${roleId}`;
    const actors = this.#actors.get(key) ?? [];
    this.#actors.set(key, actors);
    return actors;
  }

  addActor(projectId: string, roleId: number, holder: Pick<ActorRow, "accountId" | "groupId">): void {
    this.actorsOf(projectId, roleId).push({ id: this.#nextActorId++, projectId, roleId, ...holder });
  }

  addDefaultActor(roleId: number, holder: Pick<ActorRow, "accountId" | "groupId">): void {
    this.defaultActors.push({ id: this.#nextActorId++, projectId: "", roleId, ...holder });
  }

  removeActors(isRemoved: (actor: ActorRow) => boolean): void {
    for (const [key, actors] of this.#actors)
      this.#actors.set(
        key,
        actors.filter((actor) => !isRemoved(actor)),
      );
  }

  /** The users of a product: active members of any of its groups. */
  usersOf({ groupIds }: ProductRow): number {
    const members = new Set(groupIds.flatMap((id) => this.groups.get(id)?.members ?? []));
    return [...members].filter((id) => {
      const user = this.users.get(id);
      return user?.accountType === "atlassian" && user.status === "active";
    }).length;
  }

  remainingSeats(product: ProductRow): number {
    return Math.max(0, product.numberOfSeats - this.usersOf(product) - product.reservedSeats);
  }

  /** The products that would need another seat if the user were active and in these groups. */
  exhaustedFor(user: UserRow, groupIds: readonly string[]): ProductRow[] {
    if (user.accountType !== "atlassian") return [];
    return this.products.filter((product) => {
      const isUser = user.status === "active" && product.groupIds.some((id) => this.isMember(id, user.accountId));
      const takesSeat = !isUser && product.groupIds.some((id) => groupIds.includes(id));
      return takesSeat && !product.hasUnlimitedSeats && this.remainingSeats(product) <= 0;
    });
  }

  isMember(groupId: string, accountId: string): boolean {
    return this.groups.get(groupId)?.members.includes(accountId) ?? false;
  }

  /** Removes the user from every group and role; the row stays, like the Atlassian account. */
  removeUser(user: UserRow): void {
    user.status = "removed";
    for (const group of this.groups.values())
      if (group.members.includes(user.accountId)) group.members = group.members.filter((id) => id !== user.accountId);
    this.removeActors(({ accountId }) => accountId === user.accountId);
  }
}
