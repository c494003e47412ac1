import { isUpstreamError, UpstreamError, type Ref } from "@bridgekit/core";
import type { JiraClient } from "./jira-client.ts";

export interface Members {
  /** The groups of each account, by its id. */
  groups: Map<string, Ref[]>;
  /** The products of each account: who is in a group of a product has it. */
  products: Map<string, Ref[]>;
  /** The type of each account that is in a group. */
  types: Map<string, string>;
}

/** Reads the members of every group: a call for each 50 of them, and none for an account. */
export async function readMembers(jira: JiraClient, partial: (reason: string) => void): Promise<Members> {
  const members: Members = { groups: new Map(), products: new Map(), types: new Map() };
  const idsByGroup = new Map<string, string[]>();
  for await (const { groupId, name } of jira.groups()) {
    const ids: string[] = [];
    try {
      for await (const { accountId, accountType } of jira.membersOf(groupId)) {
        ids.push(accountId);
        members.types.set(accountId, accountType);
      }
    } catch (error) {
      // Deleted since it was listed, or hidden: either way its members are not known.
      if (!isUpstreamError(error) || error.status !== 404) throw error;
      partial(`Jira does not show the members of group "${name}": ${error.message}`);
      continue;
    }
    idsByGroup.set(groupId, ids);
    addRef(members.groups, ids, { id: groupId });
  }

  for (const product of await jira.products()) {
    if (!product.groupDetails)
      throw new UpstreamError(`${jira.system} does not tell the groups of product ${product.key}`, {
        code: "INTERNAL_ERROR",
        isRetryable: false,
        effect: "none",
      });
    const users = new Set<string>();
    for (const { groupId, name } of product.groupDetails) {
      const ids = idsByGroup.get(groupId);
      if (ids) for (const id of ids) users.add(id);
      else partial(`group "${name}" of product ${product.key} is not in Jira's list of groups`);
    }
    addRef(members.products, users, { id: product.key });
  }
  return members;
}

function addRef(refs: Map<string, Ref[]>, accountIds: Iterable<string>, ref: Ref): void {
  for (const id of accountIds) {
    const known = refs.get(id);
    if (known) known.push(ref);
    else refs.set(id, [ref]);
  }
}
