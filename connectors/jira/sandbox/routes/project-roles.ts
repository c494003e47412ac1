import { createRoutes, readBody, readTexts, refuseParameters, type ApiContext } from "../api.ts";
import { demandProjectAdmin } from "../caller.ts";
import { badRequest, notFound } from "../jira-error.ts";
import type { ActorRow, ProjectRow, RoleRow } from "../state.ts";
import { toActors, toRole, toRoleDetails } from "../wire.ts";

export const projectRoles = createRoutes();

export type Holder = Pick<ActorRow, "accountId" | "groupId">;

projectRoles.get("/project/:idOrKey/role", (context) => {
  const { site, base } = context.var;
  const project = readProject(context);
  const links = site.rolesOf(project).map(({ id, name }) => [name, `${base}/project/${project.id}/role/${id}`]);
  return context.json(Object.fromEntries(links) as Record<string, string>);
});

projectRoles.get("/project/:idOrKey/roledetails", (context) => {
  refuseParameters(context, "currentMember", "excludeConnectAddons", "excludeOtherServiceRoles");
  const { site, base } = context.var;
  const project = readProject(context);
  return context.json(site.rolesOf(project).map((role) => toRoleDetails(site, role, base, project)));
});

projectRoles.get("/project/:idOrKey/role/:id", (context) => {
  refuseParameters(context, "excludeInactiveUsers");
  return context.json(respondWithRole(context, ...readRole(context)));
});

projectRoles.post("/project/:idOrKey/role/:id", async (context) => {
  const { site } = context.var;
  const [project, role] = readRole(context);
  const body = await readBody(context);
  const holders = readHolders(context, body);
  for (const holder of holders) {
    const name = demandHolder(context, holder);
    if (site.actorsOf(project.id, role.id).some((actor) => isSame(actor, holder)))
      throw badRequest(`'${name}' is already a member of the project role.`);
  }
  for (const holder of holders) site.addActor(project.id, role.id, holder);
  return context.json(respondWithRole(context, project, role));
});

projectRoles.put("/project/:idOrKey/role/:id", async (context) => {
  const { site } = context.var;
  const [project, role] = readRole(context);
  const actors = (await readBody(context))["categorisedActors"] as Record<string, unknown> | undefined;
  const holders: Holder[] = [
    ...readTexts(actors?.["atlassian-user-role-actor"], "atlassian-user-role-actor").map((accountId) => ({
      accountId,
    })),
    ...readTexts(actors?.["atlassian-group-role-actor-id"], "atlassian-group-role-actor-id").map((groupId) => ({
      groupId,
    })),
    ...readTexts(actors?.["atlassian-group-role-actor"], "atlassian-group-role-actor").map((name) => ({
      groupId: site.groupNamed(name)?.groupId ?? name,
    })),
  ];
  for (const holder of holders) demandHolder(context, holder);
  site.removeActors(({ projectId, roleId }) => projectId === project.id && roleId === role.id);
  for (const holder of holders) site.addActor(project.id, role.id, holder);
  return context.json(respondWithRole(context, project, role));
});

/** Silently ignores users who do not hold the role, or only through a group. */
projectRoles.delete("/project/:idOrKey/role/:id", (context) => {
  const { site } = context.var;
  const [project, role] = readRole(context);
  const { user, group, groupId = site.groupNamed(group ?? "")?.groupId } = context.req.query();
  if (user === undefined && group === undefined && groupId === undefined)
    throw badRequest("A user, a group or a groupId must be specified.");
  const isMeant = (actor: ActorRow) =>
    (user !== undefined && actor.accountId === user) || (groupId !== undefined && actor.groupId === groupId);
  site.removeActors((actor) => actor.projectId === project.id && actor.roleId === role.id && isMeant(actor));
  return context.body(null, 204);
});

/** Returns the users and groups named in a body. */
export function readHolders({ var: { site } }: ApiContext, body: Record<string, unknown>): Holder[] {
  const holders: Holder[] = [
    ...readTexts(body["user"], "user").map((accountId) => ({ accountId })),
    ...readTexts(body["group"], "group").map((name) => ({ groupId: site.groupNamed(name)?.groupId ?? name })),
    ...readTexts(body["groupId"], "groupId").map((groupId) => ({ groupId })),
  ];
  if (holders.length === 0) throw badRequest("No actors were specified.");
  return holders;
}

function readProject({ var: { site, caller }, req }: ApiContext): ProjectRow {
  const idOrKey = req.param("idOrKey")!;
  demandProjectAdmin(caller, idOrKey);
  return site.project(idOrKey);
}

function readRole(context: ApiContext): [ProjectRow, RoleRow] {
  const project = readProject(context);
  return [project, context.var.site.role(project, Number(context.req.param("id")))];
}

function respondWithRole({ var: { site, base } }: ApiContext, project: ProjectRow, role: RoleRow) {
  return { ...toRole(site, role, base, project), actors: toActors(site, site.actorsOf(project.id, role.id)) };
}

/** Refuses actors who do not exist or are inactive. Returns their names for messages. */
export function demandHolder({ var: { site } }: ApiContext, { accountId, groupId }: Holder): string {
  const user = accountId === undefined ? undefined : site.users.get(accountId);
  if (user?.status === "active" && !user.isHidden) return user.displayName;
  const group = site.groups.get(groupId ?? "");
  if (group) return group.name;
  throw notFound(
    `We can't find '${accountId ?? groupId}' in any accessible user directory. Check they're active and available, and try again.`,
  );
}

export function isSame(actor: ActorRow, { accountId, groupId }: Holder): boolean {
  return accountId === undefined ? actor.groupId === groupId : actor.accountId === accountId;
}
