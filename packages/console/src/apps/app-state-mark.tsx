import type { ComponentProps } from "react";
import type { AppOverview } from "../api/queries.ts";
import { StateMark } from "../components/state-mark.tsx";

export type ShownState = AppOverview["state"] | "paused" | "parked";

/** The states of an app in the console's words. */
const MARKS: Record<ShownState, ComponentProps<typeof StateMark>> = {
  in_step: { tone: "green", icon: "check", children: "In step" },
  syncing: { tone: "blue", icon: "moving", children: "Syncing" },
  partial: { tone: "amber", icon: "warning", children: "Partial" },
  held: { tone: "amber", icon: "hand", children: "Held" },
  failing: { tone: "red", icon: "cross", children: "Failing" },
  never_synced: { tone: "grey", icon: "dashed", children: "Never synced" },
  paused: { tone: "grey", icon: "pause", children: "Paused" },
  parked: { tone: "red", icon: "pause", children: "Parked" },
};

export function AppStateMark({ state }: { state: ShownState }) {
  return <StateMark {...MARKS[state]} />;
}
