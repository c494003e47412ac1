import { isUpstreamError, undefinedOn } from "@bridgekit/core";
import type { JiraClient, JiraProject, JiraProjectRole, JiraRoleActor } from "./jira-client.ts";

export type ProjectRole = { project: JiraProject; role: JiraProjectRole; actors: JiraRoleActor[] };

type OnHidden = (reason: string) => void;

/**
 * Every role of every project, with who holds it: a call for each project, and one for each of its roles. What Jira hides
 * is told to `onHidden`: roles that are left out, or a role's holders.
 */
export async function* readProjectRoles(jira: JiraClient, onHidden: OnHidden): AsyncGenerator<ProjectRole> {
  if (!(await jira.hasPermission("ADMINISTER")))
    onHidden('the token\'s user lacks "Administer Jira", so Jira lists only those projects that this user may see');
  for await (const project of jira.projects()) {
    const what = `the roles of project ${project.key}`;
    // Deleted since it was listed, a project has no roles any more, and a role no holders.
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

/** What a call reads; nothing where that is hidden, and `undefined` where it is gone. */
async function readShown<Item>(
  read: () => Promise<Item[]>,
  { what, onHidden, isThere }: { what: string; onHidden: OnHidden; isThere: () => Promise<boolean> },
): Promise<Item[] | undefined> {
  try {
    return await read();
  } catch (error) {
    // Others may be read all the same where Jira refuses this part alone, or has it no more.
    if (!isUpstreamError(error, 403, 404)) throw error;
    if (isUpstreamError(error, 404) && !(await isThere())) return undefined;
    onHidden(`Jira does not show ${what}: ${error.message}`);
    return [];
  }
}
