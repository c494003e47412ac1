import { createRoutes, readBody, refuseParameters } from "../api.ts";
import { demandBrowse, demandSiteAdmin } from "../caller.ts";
import { badRequest, forbidden, noSuchUser } from "../jira-error.ts";
import { readWindow, toPage } from "../paging.ts";
import type { GroupRow } from "../state.ts";
import { toGroup, toUser } from "../wire.ts";

export const groups = createRoutes();

groups.get("/group/bulk", (context) => {
  const { site, caller, url } = context.var;
  demandBrowse(caller);
  const ids = context.req.queries("groupId");
  const names = context.req.queries("groupName");
  const { applicationKey, accessType } = context.req.query();
  if (accessType !== undefined && !["site-admin", "admin", "user"].includes(accessType))
    throw badRequest(`The accessType '${accessType}' is not valid.`);
  const product = applicationKey === undefined ? undefined : site.products.find(({ key }) => key === applicationKey);
  if (applicationKey !== undefined && !product)
    throw badRequest(`The applicationKey '${applicationKey}' is not valid.`);
  const rows = [...site.groups.values()]
    .filter(
      ({ groupId, name }) =>
        (!ids || ids.includes(groupId)) &&
        (!names || names.includes(name)) &&
        (!product || product.groupIds.includes(groupId)) &&
        (accessType === undefined || accessOf(name) === accessType),
    )
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  return context.json(toPage(url, rows, readWindow(url, 50, 1000), ({ name, groupId }) => ({ name, groupId })));
});

function accessOf(name: string): string {
  return name === "site-admins" ? "site-admin" : name.endsWith("administrators") ? "admin" : "user";
}

groups.get("/group/member", (context) => {
  const { site, caller, base, url } = context.var;
  demandBrowse(caller);
  const group = site.group(context.req.query());
  // Inactive members are omitted by default.
  const isWithInactive = context.req.query("includeInactiveUsers") === "true";
  const rows = group.members.flatMap((id) => {
    const user = site.users.get(id);
    return user && !user.isHidden && (isWithInactive || user.status === "active") ? [user] : [];
  });
  return context.json(
    toPage(url, rows, readWindow(url, 50, 50), (user) => ({ ...toUser(user, base), key: "", name: "" })),
  );
});

groups.get("/group", (context) => {
  const { site, caller, base } = context.var;
  demandBrowse(caller);
  return context.json(toGroupDetails(site.group(context.req.query()), base));
});

groups.post("/group", async (context) => {
  const { site, caller, base } = context.var;
  demandSiteAdmin(caller);
  const { name } = await readBody(context);
  if (typeof name !== "string" || name.trim() === "") throw badRequest("The group name must be specified.");
  if (site.groupNamed(name)) throw badRequest("Group already exists.");
  const group: GroupRow = { groupId: crypto.randomUUID(), name, members: [] };
  site.groups.set(group.groupId, group);
  return context.json(toGroupDetails(group, base), 201);
});

groups.delete("/group", (context) => {
  const { site, caller } = context.var;
  demandSiteAdmin(caller);
  refuseParameters(context, "swapGroup", "swapGroupId");
  const { groupId } = site.group(context.req.query());
  site.groups.delete(groupId);
  site.removeActors((actor) => actor.groupId === groupId);
  for (const product of site.products) {
    product.groupIds = product.groupIds.filter((id) => id !== groupId);
    product.defaultGroupIds = product.defaultGroupIds.filter((id) => id !== groupId);
  }
  return context.body(null, 200);
});

groups.post("/group/user", async (context) => {
  const { site, caller, base } = context.var;
  const group = site.group(context.req.query());
  const { accountId } = await readBody(context);
  if (typeof accountId !== "string" || accountId === "") throw badRequest("The accountId must be provided.");
  // The same response as for a user who does not exist.
  if (!caller.isSiteAdmin) throw noSuchUser();
  const user = site.user(accountId);
  demandInternal(group);
  if (group.members.includes(accountId))
    throw badRequest(`Cannot add user '${accountId}'. User is already a member of '${group.name}'.`);
  const [exhausted] = site.exhaustedFor(user, [group.groupId]);
  if (exhausted) throw badRequest(`Cannot add user. The user limit of your ${exhausted.name} license is reached.`);
  group.members.push(accountId);
  return context.json(toGroupDetails(group, base), 201);
});

groups.delete("/group/user", (context) => {
  const { site, caller } = context.var;
  const group = site.group(context.req.query());
  const accountId = context.req.query("accountId");
  if (accountId === undefined || accountId === "") throw badRequest("The accountId parameter must be provided.");
  if (!caller.isSiteAdmin) throw noSuchUser();
  site.user(accountId);
  demandInternal(group);
  if (!group.members.includes(accountId))
    throw badRequest(`Cannot remove user '${accountId}': the user is not a member of '${group.name}'.`);
  group.members = group.members.filter((id) => id !== accountId);
  return context.body(null, 200);
});

function demandInternal({ name, isExternal }: GroupRow): void {
  if (isExternal) throw forbidden(`Group '${name}' is synced from an identity provider and can't be changed here.`);
}

/** A group with the number of its members, which are not expanded. */
function toGroupDetails(group: GroupRow, base: string) {
  return {
    ...toGroup(group, base),
    users: { size: group.members.length, items: [], "max-results": 50, "start-index": 0, "end-index": 0 },
    expand: "users",
  };
}
