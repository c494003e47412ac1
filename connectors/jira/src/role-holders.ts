import type { Ref, SyncContext } from "@bridgekit/core";
import type { JiraClient } from "./jira-client.ts";
import { readProjectRoles, type ProjectRole } from "./read-project-roles.ts";

/** The project roles of each account, by its id. A role that a group holds is the group's, and not its members'. */
export type RoleHolders = Map<string, Ref[]>;

/**
 * What the stream of project roles read, for the account stream of the same run, which is told by its signal. With it
 * the actors of each role are read once and not twice. It is taken away, so no later run gets it.
 */
export type RoleHandover = WeakMap<AbortSignal, RoleHolders>;

export function addHolders(holders: RoleHolders, { project, role, actors }: ProjectRole): void {
  const ref = { id: toRoleId(project.id, role.id) };
  for (const { actorUser } of actors) {
    if (!actorUser) continue;
    const refs = holders.get(actorUser.accountId);
    if (refs) refs.push(ref);
    else holders.set(actorUser.accountId, [ref]);
  }
}

export async function takeHolders(
  jira: JiraClient,
  handover: RoleHandover,
  { signal, partial }: Pick<SyncContext<unknown>, "signal" | "partial">,
): Promise<RoleHolders> {
  const handedOver = handover.get(signal);
  handover.delete(signal);
  if (handedOver) return handedOver;
  const holders: RoleHolders = new Map();
  for await (const projectRole of readProjectRoles(jira, partial)) addHolders(holders, projectRole);
  return holders;
}

export function toRoleId(projectId: string, roleId: number): string {
  return `${projectId}:${roleId}`;
}
