import type { AppOverview } from "../api/queries.ts";
import type { ShownState } from "./app-state-mark.tsx";

/**
 * What counts of an app: a decision and a sync that runs come before a pause, and a pause before how the last sync went. Only
 * its runner knows of syncs that failed before they reached the Bridge.
 */
export function toShownState({ state, runner }: Pick<AppOverview, "state" | "runner">): ShownState {
  if (state === "held" || state === "syncing") return state;
  if (runner?.parked_at != null) return "parked";
  if (runner?.paused_at != null) return "paused";
  return state === "never_synced" && runner !== null && runner.failures > 0 ? "failing" : state;
}
