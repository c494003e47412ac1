import { createRoutes, readBody, type ApiContext } from "../api.ts";
import { demandAdmin } from "../caller.ts";
import { badRequest, JiraError, notFound } from "../jira-error.ts";
import type { RoleRow } from "../state.ts";
import { toActors, toRole } from "../wire.ts";
import { demandHolder, isSame, readHolders } from "./project-roles.ts";

/** Project roles: shared ones, and those of team-managed projects. */
export const roles = createRoutes();

roles.get("/role", (context) => {
  const { site } = demandRoles(context);
  return context.json([...site.roles.values()].map((role) => respondWithRole(context, role)));
});

roles.get("/role/:id", (context) => context.json(respondWithRole(context, readRole(context))));

roles.post("/role", async (context) => {
  const { site } = demandRoles(context);
  const { name, description } = await readBody(context);
  const role = site.addRole(readName(context, name), typeof description === "string" ? description : "");
  return context.json(respondWithRole(context, role));
});

for (const method of ["post", "put"] as const)
  roles[method]("/role/:id", async (context) => {
    const role = readRole(context);
    const { name, description } = await readBody(context);
    if (name !== undefined) role.name = readName(context, name, role);
    if (typeof description === "string") role.description = description;
    return context.json(respondWithRole(context, role));
  });

roles.delete("/role/:id", (context) => {
  const { site } = context.var;
  const role = readRole(context);
  const isUsed = [...site.projects.values()].some(({ id }) => site.actorsOf(id, role.id).length > 0);
  const swap = context.req.query("swap");
  if (swap !== undefined && !site.roles.has(Number(swap))) throw notFound(`No project role with id '${swap}' exists.`);
  if (isUsed && swap === undefined) throw new JiraError(409, "The project role is in use.");
  site.roles.delete(role.id);
  site.removeActors(({ roleId }) => roleId === role.id);
  return context.body(null, 204);
});

// Actors who get the role in every new project.
roles.get("/role/:id/actors", (context) => context.json({ actors: actorsOf(context, readRole(context)) }));

roles.post("/role/:id/actors", async (context) => {
  const { site } = context.var;
  const role = readRole(context);
  const body = await readBody(context);
  if (body["user"] !== undefined && (body["group"] !== undefined || body["groupId"] !== undefined))
    throw badRequest("Specify either users or groups, not both.");
  const holders = readHolders(context, body);
  for (const holder of holders) {
    const name = demandHolder(context, holder);
    if (site.defaultActors.some((actor) => actor.roleId === role.id && isSame(actor, holder)))
      throw badRequest(`'${name}' is already a member of the project role.`);
  }
  for (const holder of holders) site.addDefaultActor(role.id, holder);
  return context.json({ actors: actorsOf(context, role) });
});

roles.delete("/role/:id/actors", (context) => {
  const { site } = context.var;
  const role = readRole(context);
  const { user, group, groupId = site.groupNamed(group ?? "")?.groupId } = context.req.query();
  if (user === undefined && groupId === undefined) throw badRequest("A user, a group or a groupId must be specified.");
  const holder = user === undefined ? { groupId: groupId! } : { accountId: user };
  site.defaultActors = site.defaultActors.filter((actor) => actor.roleId !== role.id || !isSame(actor, holder));
  return context.json({ actors: actorsOf(context, role) });
});

function demandRoles(context: ApiContext) {
  demandAdmin(context.var.caller, "manage project roles");
  return context.var;
}

function readRole(context: ApiContext): RoleRow {
  const id = context.req.param("id")!;
  const role = demandRoles(context).site.roles.get(Number(id));
  if (!role) throw notFound(`No project role with id '${id}' exists.`);
  return role;
}

function readName({ var: { site } }: ApiContext, name: unknown, own?: RoleRow): string {
  if (typeof name !== "string" || name === "" || name !== name.trim())
    throw badRequest("The name must not be empty, or start or end with whitespace.");
  if (site.roles.values().some((role) => role.name === name && role !== own))
    throw new JiraError(409, `A project role with the name '${name}' already exists.`);
  return name;
}

/** A role with the actors that a new project gets. */
function respondWithRole(context: ApiContext, role: RoleRow) {
  const { site, base } = context.var;
  return { ...toRole(site, role, base), actors: actorsOf(context, role) };
}

function actorsOf({ var: { site } }: ApiContext, role: RoleRow) {
  return toActors(
    site,
    site.defaultActors.filter(({ roleId }) => roleId === role.id),
  );
}
