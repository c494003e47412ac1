import { isUpstreamError, type Ref } from "@bridgekit/core";
import { isHidden } from "./is-hidden.ts";
import type { JiraClient } from "./jira-client.ts";

export interface Members {
  /** The groups of each account, by its id. */
  groups: Map<string, Ref[]>;
  /** The products of each account: who is in a group of a product has it. */
  products: Map<string, Ref[]>;
  /** The type of each account that is in a group. */
  types: Map<string, string>;
}

/**
 * Reads the members of every group: a call for each 50 of them, and none for an account. Where Jira hides those of a
 * group, the groups of all accounts are said to be unknown, and so are the products that the group gives.
 */
export async function readMembers(
  jira: JiraClient,
  unknownRefs: (slug: "group" | "product", reason: string) => void,
): Promise<Members> {
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
      if (!isHidden(error)) throw error;
      // Deleted since it was listed, it has no members any more.
      if (isUpstreamError(error) && error.status === 404 && (await jira.groupsById([groupId])).length === 0) continue;
      unknownRefs("group", `Jira does not show the members of group "${name}": ${(error as Error).message}`);
      continue;
    }
    idsByGroup.set(groupId, ids);
    addRef(members.groups, ids, { id: groupId });
  }

  for (const product of await jira.products()) {
    const why = `Jira does not show who has product ${product.key}`;
    if (!Array.isArray(product.groupDetails)) unknownRefs("product", `${why}: it does not tell its groups`);
    const users = new Set<string>();
    for (const { groupId, name } of product.groupDetails ?? []) {
      const ids = idsByGroup.get(groupId);
      if (ids) for (const id of ids) users.add(id);
      else unknownRefs("product", `${why}: the members of its group "${name}" are not known`);
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
