import { type components, describeLosses, type Loss } from "@bridgekit/client";

export type RemovalGuard = components["schemas"]["RemovalGuard"];

/** The judgement as the session stores it. */
export function toJudgement(
  guard: RemovalGuard | null,
  losses: readonly Loss[],
): components["schemas"]["GuardJudgement"] {
  return { guard, losses: losses.map(toHeldLoss) };
}

function toHeldLoss({ slug = "", of, live, lost }: Loss): components["schemas"]["HeldLoss"] {
  return { slug, of, live, lost };
}

/** Why the guard holds a session, and what to do about it. */
export function describeHeld(held: readonly Loss[], isReplaced: boolean): components["schemas"]["SyncError"] {
  const advice = isReplaced
    ? "A newer session has started since, so this one was dropped."
    : "If they are really gone, confirm the session; if not, discard it or start a new one.";
  return {
    error_code: "REMOVALS_HELD",
    message: `Completing would ${describeLosses(held)}. Nothing of the session was applied. ${advice}`,
    losses: held.map(toHeldLoss),
  };
}
