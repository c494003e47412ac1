/** That an app has not been read completely since a moment: until it is, nobody is removed. */
export interface Incomplete {
  /** When the first of these runs began; ISO 8601. */
  since: string;
  /** Runs since then that were partial, this one included. */
  runs: number;
  /** Whether everything was to be read by one of them; otherwise it was changes only. */
  mode: "full" | "changes";
  /** Why the last of them was partial, and how many partial runs in a row had that reason. */
  reasons: readonly { reason: string; runs: number }[];
  /** A reason has come so many times running that it will not pass by itself. */
  isRecurring: boolean;
}

interface Run {
  /** As much of a `SyncResult` as counts here. */
  result: {
    status: "completed" | "updated" | "abandoned";
    mode: "full" | "changes";
    missing: readonly string[];
  };
  startedAt: string;
  /** So many runs with one reason are too many. */
  recurringAfterRuns: number;
}

/** What is known after a run, from what was known before; `undefined` where the app has been read completely. */
export function toIncomplete(before: Incomplete | undefined, run: Run): Incomplete | undefined {
  const { result, startedAt, recurringAfterRuns } = run;
  switch (result.status) {
    case "completed":
      return undefined;
    case "updated":
      // The changes after the cursor have all been read; what an earlier full run missed has not.
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
  const advice = isRecurring ? ". It will not pass by itself: have a look at the system or the connector" : "";
  return `not complete since ${since} (${runs} ${runs === 1 ? "run" : "runs"}), so nobody is removed: ${why}${advice}`;
}

/** A reason without what differs from run to run: numbers, ids, times, and what is quoted. */
function toShape(reason: string): string {
  return reason
    .replaceAll(/"[^"]*"/g, '""')
    .replaceAll(/\S*\d\S*/g, "#")
    .replaceAll(/# (\w+?)s?\b(?: (?:is|are|was|were))?/g, "# $1");
}
