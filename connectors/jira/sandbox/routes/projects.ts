import { NotOffered } from "@bridgekit/sandbox";
import { createRoutes, readBody, refuseParameters, type ApiContext } from "../api.ts";
import { demandAdmin } from "../caller.ts";
import { badRequest, notFound } from "../jira-error.ts";
import { readWindow, toPage } from "../paging.ts";
import type { ProjectRow } from "../state.ts";
import { toProject, toUser } from "../wire.ts";

export const projects = createRoutes();

projects.get("/project/search", (context) => {
  const { site, caller, base, url } = context.var;
  refuseParameters(context, "categoryId", "action", "status", "properties", "propertyQuery");
  const ids = context.req.queries("id");
  const keys = context.req.queries("keys");
  const { query, orderBy = "key", typeKey, expand = "" } = context.req.query();
  const wanted = query?.toLowerCase();
  const types = typeKey?.split(",");
  const rows = [...site.projects.values()]
    .filter(
      ({ id, key, name, isPublic }) =>
        (isPublic || caller.mayAdminister) &&
        (!ids || ids.includes(id)) &&
        (!keys || keys.includes(key)) &&
        (!types || types.includes("software")) &&
        (wanted === undefined || key.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted)),
    )
    .sort(comparing(orderBy));
  const isDescribed = expand.split(",").includes("description");
  return context.json(
    toPage(url, rows, readWindow(url, 50, 100), (project) => ({
      expand: "description,lead,issueTypes,url,projectKeys,permissions,insight",
      ...toProject(project, base),
      ...(isDescribed && { description: project.description }),
    })),
  );
});

function comparing(orderBy: string) {
  const field = orderBy.replace(/^[-+]/, "");
  const others = ["category", "issueCount", "lastIssueUpdatedTime", "owner", "archivedDate", "deletedDate"];
  if (others.includes(field)) throw new NotOffered(`The order of projects by ${field}`);
  if (!["key", "name"].includes(field)) throw badRequest(`The orderBy '${orderBy}' is not valid.`);
  const sign = orderBy.startsWith("-") ? -1 : 1;
  const textOf = (project: ProjectRow) => (field === "name" ? project.name : project.key);
  return (left: ProjectRow, right: ProjectRow) => sign * textOf(left).localeCompare(textOf(right), "en");
}

projects.get("/project/:idOrKey", (context) => context.json(toDetails(context, readProject(context))));

projects.put("/project/:idOrKey", async (context) => {
  demandAdmin(context.var.caller, "edit projects");
  const project = readProject(context);
  const { name, description } = await readBody(context);
  if (name !== undefined && (typeof name !== "string" || name === ""))
    throw badRequest("You must specify a valid project name.");
  if (typeof name === "string") project.name = name;
  if (typeof description === "string") project.description = description;
  return context.json(toDetails(context, project));
});

projects.delete("/project/:idOrKey", (context) => {
  const { site, caller } = context.var;
  const project = readProject(context);
  if (!caller.mayAdminister) throw notFound(`No project could be found with key '${project.key}'.`);
  site.projects.delete(project.id);
  site.removeActors(({ projectId }) => projectId === project.id);
  return context.body(null, 204);
});

function readProject({ var: { site, caller }, req }: ApiContext): ProjectRow {
  const project = site.project(req.param("idOrKey")!);
  if (!project.isPublic && !caller.mayAdminister)
    throw notFound(`No project could be found with key '${project.key}'.`);
  return project;
}

function toDetails({ var: { site, base } }: ApiContext, project: ProjectRow) {
  const roles = site.rolesOf(project).map(({ id, name }) => [name, `${base}/project/${project.id}/role/${id}`]);
  const lead = site.users.values().find(({ accountType }) => accountType === "atlassian");
  return {
    expand: "description,lead,issueTypes,url,projectKeys,permissions,insight",
    ...toProject(project, base),
    description: project.description,
    ...(lead && { lead: toUser(lead, base) }),
    components: [],
    issueTypes: [],
    assigneeType: "UNASSIGNED",
    versions: [],
    roles: Object.fromEntries(roles),
  };
}
