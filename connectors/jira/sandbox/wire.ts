import type { JiraSite } from "./jira-site.ts";
import type { ActorRow, GroupRow, ProductRow, ProjectRow, RoleRow, UserRow } from "./state.ts";

/** Converts rows to the API's JSON. `base` is the address of the API, for links. */

export function toUser(user: UserRow, base: string) {
  return {
    self: `${base}/user?accountId=${encodeURIComponent(user.accountId)}`,
    accountId: user.accountId,
    accountType: user.accountType,
    // The key is absent if the profile hides it.
    ...(user.isEmailShown && { emailAddress: user.emailAddress }),
    avatarUrls: toAvatars(`https://secure.gravatar.com/avatar/${encodeURIComponent(user.accountId)}?d=identicon`),
    displayName: user.displayName,
    active: user.status === "active",
    timeZone: "Europe/Berlin",
  };
}

/** A single user, unlike one of a list: with a language, and with groups and products on request. */
export function toUserDetails(site: JiraSite, user: UserRow, base: string, expand = "") {
  const groups = site.groupsOf(user.accountId);
  const products = site.products.filter(({ groupIds }) => groups.some(({ groupId }) => groupIds.includes(groupId)));
  const isExpanded = (name: string) => expand.split(",").includes(name);
  return {
    ...toUser(user, base),
    locale: "en_US",
    groups: { size: groups.length, items: isExpanded("groups") ? groups.map((group) => toGroup(group, base)) : [] },
    applicationRoles: {
      size: products.length,
      items: isExpanded("applicationRoles") ? products.map((product) => toProduct(site, product, base)) : [],
    },
    expand: "groups,applicationRoles",
  };
}

export function toGroup({ name, groupId }: GroupRow, base: string) {
  return { name, groupId, self: `${base}/group?groupId=${groupId}` };
}

export function toProject({ id, key, name, style }: ProjectRow, base: string) {
  return {
    self: `${base}/project/${id}`,
    id,
    key,
    name,
    avatarUrls: toAvatars(`${base}/universal_avatar/view/type/project/avatar/10400`),
    projectTypeKey: "software",
    simplified: style === "next-gen",
    style,
    isPrivate: false,
    properties: {},
  };
}

export function toRole(site: JiraSite, role: RoleRow, base: string, project?: ProjectRow) {
  const scoped = role.projectId === undefined ? undefined : site.projects.get(role.projectId);
  return {
    self: project ? `${base}/project/${project.id}/role/${role.id}` : `${base}/role/${role.id}`,
    name: role.name,
    id: role.id,
    description: role.description,
    ...(scoped && { scope: { type: "PROJECT", project: { id: scoped.id, key: scoped.key, name: scoped.name } } }),
  };
}

/** A role of a project, without its holders. */
export function toRoleDetails(site: JiraSite, role: RoleRow, base: string, project: ProjectRow) {
  return {
    ...toRole(site, role, base, project),
    admin: false,
    default: false,
    roleConfigurable: true,
    translatedName: role.name,
  };
}

/** Sorts by the displayed name, as Jira does. */
export function toActors(site: JiraSite, actors: readonly ActorRow[]) {
  return actors.map((actor) => toActor(site, actor)).sort((a, b) => a.displayName.localeCompare(b.displayName, "en"));
}

function toActor(site: JiraSite, { id, accountId, groupId }: ActorRow) {
  if (accountId !== undefined) {
    const displayName = site.users.get(accountId)?.displayName ?? accountId;
    return { id, displayName, type: "atlassian-user-role-actor", actorUser: { accountId } };
  }
  const name = site.groups.get(groupId!)?.name ?? groupId!;
  const actorGroup = { name, displayName: name, groupId: groupId! };
  return { id, displayName: name, type: "atlassian-group-role-actor", name, actorGroup };
}

export function toProduct(site: JiraSite, product: ProductRow, base: string) {
  const toGroups = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const group = site.groups.get(id);
      return group ? [toGroup(group, base)] : [];
    });
  const groupDetails = toGroups(product.groupIds);
  const defaultGroupsDetails = toGroups(product.defaultGroupIds);
  const userCount = site.usersOf(product);
  return {
    key: product.key,
    groups: groupDetails.map(({ name }) => name),
    groupDetails,
    name: product.name,
    defaultGroups: defaultGroupsDetails.map(({ name }) => name),
    defaultGroupsDetails,
    selectedByDefault: false,
    defined: false,
    numberOfSeats: product.numberOfSeats,
    remainingSeats: product.hasUnlimitedSeats ? product.numberOfSeats : site.remainingSeats(product),
    userCount,
    userCountDescription: `${userCount} ${userCount === 1 ? "user" : "users"}`,
    hasUnlimitedSeats: product.hasUnlimitedSeats,
    platform: product.key === "jira-core",
  };
}

function toAvatars(address: string) {
  return { "48x48": address, "24x24": address, "16x16": address, "32x32": address };
}
