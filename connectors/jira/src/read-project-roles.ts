import { isUpstreamError } from "@bridgekit/core";
import type { JiraClient } from "./jira-client.ts";
import type { JiraProject, JiraProjectRole, JiraRoleActor } from "./jira-models.ts";

export interface ProjectRole {
  project: JiraProject;
  role: JiraProjectRole;
  actors: JiraRoleActor[];
}

type Partial = (reason: string) => void;

/** Every role of every project, with who holds it: a call for each project, and one for each of its roles. */
export async function* readProjectRoles(jira: JiraClient, partial: Partial): AsyncGenerator<ProjectRole> {
  const { ADMINISTER } = await jira.permissions(["ADMINISTER"]);
  if (!ADMINISTER)
    partial('the token\'s user lacks "Administer Jira", so Jira lists only those projects that this user may see');
  for await (const project of jira.projects()) {
    const roles = await unlessHidden(() => jira.rolesOf(project.id), partial, `the roles of project ${project.key}`);
    for (const role of roles ?? []) {
      const what = `role "${role.name}" of project ${project.key}`;
      const actors = await unlessHidden(() => jira.actorsOf(project.id, role.id), partial, what);
      if (actors) yield { project, role, actors };
    }
  }
}

/** Jira answers 404 where a part is hidden, and where it was deleted since it was listed. */
async function unlessHidden<T>(read: () => Promise<T>, partial: Partial, what: string): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!isUpstreamError(error) || (error.status !== 404 && error.status !== 403)) throw error;
    partial(`Jira does not show ${what}: ${error.message}`);
    return undefined;
  }
}
