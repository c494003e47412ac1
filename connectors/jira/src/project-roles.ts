import { isUpstreamError, undefinedOn } from "@bridgekit/core";
import type { JiraClient, JiraProject, JiraProjectRole, JiraRoleActor } from "./jira-client.ts";

export type ProjectRole = { project: JiraProject; role: JiraProjectRole; actors: JiraRoleActor[] };

type OnHidden = (reason: string) => void;

/**
 * Reads every role of every project with its holders: a call for each project, and one for each of its roles. `onHidden`
 * reports what Jira hides: roles, or a role's holders.
 */
export async function* readProjectRoles(jira: JiraClient, onHidden: OnHidden): AsyncGenerator<ProjectRole> {
  if (!(await jira.hasPermission("ADMINISTER")))
    onHidden('the token\'s user lacks "Administer Jira", so Jira lists only those projects that this user may see');
  for await (const project of jira.projects()) {
    const what = `the roles of project ${project.key}`;
    // A project deleted since it was listed has no roles, a deleted role no holders.
    const hasProject = () => jira.hasProject(project.id);
    const roles = (await readShown(() => jira.rolesOf(project.id), { what, onHidden, isThere: hasProject })) ?? [];
    for (const role of roles) {
      const part = `role "${role.name}" of project ${project.key}`;
      const isThere = async () => {
        const now = await undefinedOn(jira.rolesOf(project.id), 403, 404);
        return now ? now.some(({ id }) => id === role.id) : hasProject();
      };
      const actors = await readShown(() => jira.actorsOf(project.id, role.id), { what: part, onHidden, isThere });
      if (actors) yield { project, role, actors };
    }
  }
}

/** Returns what a call reads: an empty list if it is hidden, undefined if it does not exist. */
async function readShown<Item>(
  read: () => Promise<Item[]>,
  { what, onHidden, isThere }: { what: string; onHidden: OnHidden; isThere: () => Promise<boolean> },
): Promise<Item[] | undefined> {
  try {
    return await read();
  } catch (error) {
    // Other parts can still be read if Jira refuses this one or it was deleted.
    if (!isUpstreamError(error, 403, 404)) throw error;
    if (isUpstreamError(error, 404) && !(await isThere())) return undefined;
    onHidden(`Jira does not show ${what}: ${error.message}`);
    return [];
  }
}
