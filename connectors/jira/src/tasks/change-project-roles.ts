import { isUpstreamError, TaskError, type Ref, type RefChange } from "@bridgekit/core";
import type { JiraClient } from "../jira-client.ts";
import type { JiraRoleActor } from "../jira-models.ts";
import { isRefusedWith, type Member } from "./change-groups.ts";
import { explainRefusal } from "./explain-refusal.ts";

/** Gives and takes project roles. A role that is held through a group can't be taken from one of its members. */
export async function changeProjectRoles(
  jira: JiraClient,
  member: Member,
  { added = [], removed = [] }: RefChange,
): Promise<void> {
  for (const ref of added) await addRole(jira, member, ref);
  for (const ref of removed) await removeRole(jira, member, ref);
}

async function addRole(jira: JiraClient, { accountId }: Member, ref: Ref): Promise<void> {
  const { projectId, roleId } = parseRoleId(ref);
  const actors = await readActors(jira, ref);
  if (actors.some(({ actorUser }) => actorUser?.accountId === accountId)) return;
  try {
    await jira.addActor(projectId, roleId, accountId);
  } catch (error) {
    if (!isRefusedWith(error, /already a member of the project role/i))
      throw await explainRefusal(jira, error, { accountId });
  }
}

async function removeRole(jira: JiraClient, { accountId, groupIds }: Member, ref: Ref): Promise<void> {
  const { projectId, roleId } = parseRoleId(ref);
  const actors = await readActors(jira, ref);
  if (actors.some(({ actorUser }) => actorUser?.accountId === accountId)) {
    try {
      await jira.removeActor(projectId, roleId, accountId);
    } catch (error) {
      throw await explainRefusal(jira, error, { accountId });
    }
  }
  const groups = actors.flatMap(({ actorGroup }) =>
    actorGroup && groupIds.has(actorGroup.groupId) ? [`"${actorGroup.name}" (${actorGroup.groupId})`] : [],
  );
  if (groups.length > 0)
    throw new TaskError(
      "INTERNAL_ERROR",
      `User ${accountId} still holds ${describe(ref)} through group ${groups.join(", ")}; take the group away as well.`,
    );
}

async function readActors(jira: JiraClient, ref: Ref): Promise<JiraRoleActor[]> {
  const { projectId, roleId } = parseRoleId(ref);
  try {
    return await jira.actorsOf(projectId, roleId);
  } catch (error) {
    if (!isUpstreamError(error) || error.status !== 404) throw error;
    throw new TaskError(
      "INTERNAL_ERROR",
      `${jira.system} has no ${describe(ref)}, or hides it from the API token's user, who then needs ` +
        `Administer Projects there or Administer Jira: ${error.message}`,
      { cause: error },
    );
  }
}

function parseRoleId(ref: Ref): { projectId: string; roleId: string } {
  const [, projectId, roleId] = /^(\d+):(\d+)$/.exec(ref.id) ?? [];
  if (projectId === undefined || roleId === undefined)
    throw new TaskError("INTERNAL_ERROR", `Jira has no ${describe(ref)}: ids are PROJECT:ROLE, in numbers.`);
  return { projectId, roleId };
}

function describe({ id, name }: Ref): string {
  return name ? `project role "${name}" (${id})` : `project role ${id}`;
}
