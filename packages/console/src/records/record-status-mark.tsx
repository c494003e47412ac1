import type { LiveRecord } from "@bridgekit/client";
import { StateMark } from "../components/state-mark.tsx";

export function RecordStatusMark({ record: { status, removed_at, stub } }: { record: LiveRecord }) {
  if (removed_at !== null)
    return (
      <StateMark tone="grey" icon="minus">
        Removed
      </StateMark>
    );
  if (stub)
    return (
      <StateMark tone="grey" icon="dashed">
        Only referred to
      </StateMark>
    );
  switch (status) {
    case "active":
      return (
        <StateMark tone="green" icon="check">
          Active
        </StateMark>
      );
    case "suspended":
      return (
        <StateMark tone="amber" icon="pause">
          Suspended
        </StateMark>
      );
    case "inactive":
      return (
        <StateMark tone="grey" icon="minus">
          Inactive
        </StateMark>
      );
  }
}
