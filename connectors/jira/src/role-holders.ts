import type { Ref, SyncContext } from "@bridgekit/core";
import type { JiraClient } from "./jira-client.ts";
import { readProjectRoles, type ProjectRole } from "./read-project-roles.ts";

/** Who holds which project role. One that a group holds is the group's, and not its members'. */
export interface RoleHolders {
  /** The roles of each account, by its id. */
  refs: Map<string, Ref[]>;
  /** Why it is not known who holds what. */
  hidden: string[];
}

/**
 * What the stream of project roles read, for the account stream of the same run, which is told by its signal. With it
 * the actors of each role are read once and not twice. It is taken away, so no later run gets it.
 */
export type RoleHandover = WeakMap<AbortSignal, RoleHolders>;

/** Reads the project roles, and writes down who holds each. What is hidden makes the run partial. */
export async function* readHolders(
  jira: JiraClient,
  holders: RoleHolders,
  partial: (reason: string) => void,
): AsyncGenerator<ProjectRole> {
  const onHidden = (reason: string) => {
    holders.hidden.push(reason);
    partial(reason);
  };
  for await (const projectRole of readProjectRoles(jira, onHidden)) {
    addHolders(holders, projectRole);
    yield projectRole;
  }
}

export function createHolders(): RoleHolders {
  return { refs: new Map(), hidden: [] };
}

function addHolders(holders: RoleHolders, { project, role, actors }: ProjectRole): void {
  const ref = { id: toRoleId(project.id, role.id) };
  for (const { actorUser } of actors) {
    if (!actorUser) continue;
    const refs = holders.refs.get(actorUser.accountId);
    if (refs) refs.push(ref);
    else holders.refs.set(actorUser.accountId, [ref]);
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
  const holders = createHolders();
  for await (const _ of readHolders(jira, holders, partial));
  return holders;
}

export function toRoleId(projectId: string, roleId: number): string {
  return `${projectId}:${roleId}`;
}
