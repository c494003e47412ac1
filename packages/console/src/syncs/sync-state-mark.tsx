import type { SyncSession } from "@bridgekit/client";
import { StateMark } from "../components/state-mark.tsx";

type Outcome = Pick<SyncSession, "status" | "error" | "discarded_by" | "receipt">;

/** What became of a session, in the console's words. */
export function SyncStateMark({ session }: { session: Outcome }) {
  switch (session.status) {
    case "in_progress":
      return (
        <StateMark tone="blue" icon="moving">
          Reading
        </StateMark>
      );
    case "completing":
      return (
        <StateMark tone="blue" icon="moving">
          Applying
        </StateMark>
      );
    case "completed":
      return (
        <StateMark tone="green" icon="check">
          Complete
        </StateMark>
      );
    case "error":
      return isHeld(session) ? (
        <StateMark tone="amber" icon="hand">
          Held
        </StateMark>
      ) : (
        <StateMark tone="red" icon="cross">
          Failed
        </StateMark>
      );
    case "abandoned":
      return <AbandonedMark session={session} />;
  }
}

export function isHeld({ status, error }: Pick<SyncSession, "status" | "error">): boolean {
  return status === "error" && error?.error_code === "REMOVALS_HELD";
}

function AbandonedMark({ session: { discarded_by, receipt } }: { session: Outcome }) {
  if (typeof discarded_by === "string")
    return (
      <StateMark tone="grey" icon="dashed">
        Discarded
      </StateMark>
    );
  // A list has no receipts, and without one a read of what had changed looks like one that broke off.
  if (receipt === undefined)
    return (
      <StateMark tone="grey" icon="dashed">
        Not complete
      </StateMark>
    );
  if (receipt?.status === "failed")
    return (
      <StateMark tone="red" icon="cross">
        Failed
      </StateMark>
    );
  if (receipt?.mode === "changes" && receipt.status === "updated")
    return (
      <StateMark tone="green" icon="check">
        Changes read
      </StateMark>
    );
  return (
    <StateMark tone="amber" icon="warning">
      Partial
    </StateMark>
  );
}
