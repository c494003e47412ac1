import type { AppOverview } from "../api/queries.ts";
import { StateMark } from "../components/state-mark.tsx";

/** The state of an app in the console's words. */
export function AppStateMark({ state }: { state: AppOverview["state"] }) {
  switch (state) {
    case "in_step":
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
    case "never_synced":
      return (
        <StateMark tone="grey" icon="dashed">
          Never synced
        </StateMark>
      );
  }
}
