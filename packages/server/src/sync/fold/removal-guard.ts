import type { components } from "@bridgekit/client";

export type RemovalGuard = components["schemas"]["RemovalGuard"];

/** What a new app starts with. */
export const DEFAULT_GUARD: RemovalGuard = { max_share: 0.2, min_count: 10 };

/** How many records of a type were active before a fold, and how many of them it would remove. */
export interface Removal {
  slug: string;
  active: number;
  removed: number;
}

/** The removals that an administrator has to confirm first. */
export function suspiciousRemovals(removals: readonly Removal[], guard: RemovalGuard | null): Removal[] {
  if (guard === null) return [];
  return removals.filter(({ active, removed }) => {
    const isTooMuch = removed > active * guard.max_share || removed === active;
    return isTooMuch && removed >= guard.min_count;
  });
}

/** Says which removals are held, and what to do. */
export function describeHeld(held: readonly Removal[], isReplaced: boolean): string {
  const list = held.map(({ slug, active, removed }) => `${removed} of ${active} active "${slug}" records`).join(", ");
  const advice = isReplaced
    ? "A newer session has started since, so this one was dropped."
    : "If they are really gone, confirm the session; if not, discard it or start a new one.";
  return `Completing would make inactive ${list}. Nothing of the session was applied. ${advice}`;
}
