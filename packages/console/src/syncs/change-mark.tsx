import type { Change } from "@bridgekit/client";
import { StateMark } from "../components/state-mark.tsx";

/** What happened to a record. */
export function ChangeMark({ change }: Pick<Change, "change">) {
  switch (change) {
    case "created":
      return (
        <StateMark tone="green" icon="plus">
          Created
        </StateMark>
      );
    case "updated":
      return (
        <StateMark tone="blue" icon="pencil">
          Updated
        </StateMark>
      );
    case "removed":
      return (
        <StateMark tone="red" icon="minus">
          Removed
        </StateMark>
      );
  }
}
