import { StateMark } from "../components/state-mark.tsx";
import type { AppStateName } from "./app-state.ts";

/** The state of an app in the console's words. */
export function AppStateMark({ state }: { state: AppStateName }) {
  switch (state) {
    case "in-step":
      return (
        <StateMark tone="green" icon="check">
          In step
        </StateMark>
      );
    case "syncing":
      return (
        <StateMark tone="blue" icon="moving">
          Syncing
        </StateMark>
      );
    case "partial":
      return (
        <StateMark tone="amber" icon="warning">
          Partial
        </StateMark>
      );
    case "held":
      return (
        <StateMark tone="amber" icon="hand">
          Held
        </StateMark>
      );
    case "failing":
      return (
        <StateMark tone="red" icon="cross">
          Failing
        </StateMark>
      );
    case "never":
      return (
        <StateMark tone="grey" icon="dashed">
          Never synced
        </StateMark>
      );
  }
}
