import { isUpstreamError } from "@bridgekit/core";
import { isHidden } from "./is-hidden.ts";
import type { JiraClient } from "./jira-client.ts";
import type { JiraProject, JiraProjectRole, JiraRoleActor } from "./jira-models.ts";

export interface ProjectRole {
  project: JiraProject;
  role: JiraProjectRole;
  actors: JiraRoleActor[];
}

type OnHidden = (reason: string) => void;

/**
 * Every role of every project, with who holds it: a call for each project, and one for each of its roles. What Jira hides
 * is told to `onHidden`: roles that are left out, or a role's holders.
 */
export async function* readProjectRoles(jira: JiraClient, onHidden: OnHidden): AsyncGenerator<ProjectRole> {
  const { ADMINISTER } = await jira.permissions(["ADMINISTER"]);
  if (!ADMINISTER)
    onHidden('the token\'s user lacks "Administer Jira", so Jira lists only those projects that this user may see');
  for await (const project of jira.projects()) {
    for (const role of await readRoles(jira, project, onHidden)) {
      const actors = await readActors(jira, { project, role }, onHidden);
      if (actors) yield { project, role, actors };
    }
  }
}

async function readRoles(jira: JiraClient, project: JiraProject, onHidden: OnHidden): Promise<JiraProjectRole[]> {
  try {
    return await jira.rolesOf(project.id);
  } catch (error) {
    if (!isHidden(error)) throw error;
    // Deleted since it was listed, it has no roles any more.
    const isGone = isUpstreamError(error) && error.status === 404 && !(await jira.hasProject(project.id));
    if (!isGone) onHidden(`Jira does not show the roles of project ${project.key}: ${(error as Error).message}`);
    return [];
  }
}

async function readActors(
  jira: JiraClient,
  { project, role }: Omit<ProjectRole, "actors">,
  onHidden: OnHidden,
): Promise<JiraRoleActor[] | undefined> {
  try {
    return await jira.actorsOf(project.id, role.id);
  } catch (error) {
    if (!isHidden(error)) throw error;
    const isGone = isUpstreamError(error) && error.status === 404 && !(await hasRole(jira, project, role));
    if (isGone) return undefined;
    onHidden(`Jira does not show role "${role.name}" of project ${project.key}: ${(error as Error).message}`);
    return [];
  }
}

/** Whether a role is still there, or is hidden with its whole project. */
async function hasRole(jira: JiraClient, project: JiraProject, { id }: JiraProjectRole): Promise<boolean> {
  try {
    return (await jira.rolesOf(project.id)).some((role) => role.id === id);
  } catch (error) {
    if (!isHidden(error)) throw error;
    return jira.hasProject(project.id);
  }
}
