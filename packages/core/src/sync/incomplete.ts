import type { Incomplete } from "../state/receipt.ts";

interface Run {
  /** The relevant part of a `SyncResult`. */
  result: {
    status: "completed" | "updated" | "abandoned";
    mode: "full" | "changes";
    missing: readonly string[];
  };
  startedAt: string;
  /** Partial runs with one reason after which it is recurring. */
  recurringAfterRuns: number;
}

/** Returns whether the app is incomplete after a run; undefined if it has been read completely. */
export function toIncomplete(before: Incomplete | undefined, run: Run): Incomplete | undefined {
  const { result, startedAt, recurringAfterRuns } = run;
  switch (result.status) {
    case "completed":
      return undefined;
    case "updated":
      // All changes after the cursor have been read, but not what an earlier full run missed.
      return before?.mode === "full" ? before : undefined;
    case "abandoned": {
      const reasons = result.missing.map((reason) => {
        const known = before?.reasons.find((other) => toShape(other.reason) === toShape(reason));
        return { reason, runs: (known?.runs ?? 0) + 1 };
      });
      return {
        since: before?.since ?? startedAt,
        runs: (before?.runs ?? 0) + 1,
        mode: before?.mode === "full" ? "full" : result.mode,
        reasons,
        isRecurring: reasons.some(({ runs }) => runs >= recurringAfterRuns),
      };
    }
  }
}

/** `incomplete since 2026-11-28T05:00:00Z (3 runs): account: guests are hidden` */
export function describeIncomplete({ since, runs, reasons, isRecurring }: Incomplete): string {
  const why = reasons.map(({ reason }) => reason).join("; ");
  const advice = isRecurring ? ". It will not pass by itself: check the system or the connector" : "";
  return `not complete since ${since} (${runs} ${runs === 1 ? "run" : "runs"}), so nobody is removed: ${why}${advice}`;
}

/** The reason without what differs from run to run: numbers, ids, times and quotes. */
function toShape(reason: string): string {
  return reason
    .replaceAll(/"[^"]*"/g, '""')
    .replaceAll(/\S*\d\S*/g, "#")
    .replaceAll(/# (\w+?)s?\b(?: (?:is|are|was|were))?/g, "# $1");
}
