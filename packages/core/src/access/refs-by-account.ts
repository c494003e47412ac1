import type { Ref } from "@bridgekit/client";

/** What the accounts of a run refer to, collected from lists of members. */
export interface RefsByAccount {
  add(accountId: string, id: string): void;
  /** Sorted by id, so that an unchanged account reads the same. */
  of(accountId: string): Ref[];
  /** Ids of the accounts that refer to anything. */
  readonly accounts: Iterable<string>;
}

/**
 * @example
 * for await (const member of client.membersOf(team.id)) teams.add(member.id, team.id);
 * yield { id: user.id, memberships: { team: teams.of(user.id) } };
 */
export function createRefsByAccount(): RefsByAccount {
  const idsOf = new Map<string, Set<string>>();
  return {
    add(accountId, id) {
      const ids = idsOf.get(accountId);
      if (ids) ids.add(id);
      else idsOf.set(accountId, new Set([id]));
    },
    of: (accountId) => [...(idsOf.get(accountId) ?? [])].sort().map((id) => ({ id })),
    get accounts() {
      return idsOf.keys();
    },
  };
}
