import type { AppOverview } from "../api/queries.ts";
import type { ShownState } from "./app-state-mark.tsx";

/** What counts of an app: a decision and a sync that runs come before a pause, and a pause before how the last sync went. */
export function toShownState({ state, runner }: Pick<AppOverview, "state" | "runner">): ShownState {
  if (state === "held" || state === "syncing") return state;
  if (runner?.parked_at != null) return "parked";
  return runner?.paused_at != null ? "paused" : state;
}
