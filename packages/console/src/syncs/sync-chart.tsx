import type { SyncSession } from "@bridgekit/client";
import { useMemo } from "react";
import { formatDuration } from "../components/format.ts";
import { TimeChart } from "../components/time-chart.tsx";
import { countSession, toSeconds } from "./session-counts.ts";

/**
 * What the last syncs created, updated and removed, the refs that accounts lost which stayed, and how long the syncs took;
 * the table below it has the same.
 */
export function SyncChart({ sessions }: { sessions: readonly SyncSession[] }) {
  const { times, counts, durations } = useMemo(() => toSeries(sessions), [sessions]);
  return (
    <div className="grid gap-x-8 @3xl:grid-cols-[2fr_1fr]">
      <TimeChart
        label={`What the last ${times.length} syncs created, updated and removed, and refs lost; the table below lists it`}
        times={times}
        series={counts}
      />
      <TimeChart
        label={`How long the last ${times.length} syncs took; the table below lists it`}
        times={times}
        series={durations}
        format={formatDuration}
      />
    </div>
  );
}

function toSeries(sessions: readonly SyncSession[]) {
  const shown = sessions.toReversed();
  const counts = shown.map(countSession);
  return {
    times: shown.map(({ started_at }) => new Date(started_at ?? 0).getTime()),
    counts: [
      { label: "Removed", colour: "--red", values: counts.map(({ removed }) => removed) },
      { label: "Refs lost", colour: "--amber", values: counts.map(({ refsLost }) => refsLost) },
      { label: "Created", colour: "--green", values: counts.map(({ created }) => created) },
      { label: "Updated", colour: "--blue", values: counts.map(({ updated }) => updated) },
    ] as const,
    durations: [{ label: "Took", colour: "--text-soft", values: shown.map(toSeconds) }] as const,
  };
}
