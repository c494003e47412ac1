import type { AppOverview } from "../api/queries.ts";
import { formatCount, formatExact } from "./format.ts";

const COUNT = 30;
const HEIGHT = 20;

type Point = AppOverview["sessions"][number];

/** What each of the last syncs removed, oldest first. A sync that was not applied is marked by its colour and in words. */
export function SyncBars({ sessions }: { sessions: readonly Point[] }) {
  const shown = sessions.slice(-COUNT);
  const most = Math.max(1, ...shown.map(({ removed }) => removed));
  const removed = shown.reduce((sum, point) => sum + point.removed, 0);
  const notApplied = shown.filter(({ status }) => status === "error" || status === "abandoned").length;
  const name = `Last ${formatCount(shown.length, "sync")}: ${formatCount(removed, "removal")}${notApplied > 0 ? `, ${notApplied} not complete` : ""}`;
  return (
    <svg role="img" aria-label={name} width={COUNT * 4} height={HEIGHT} className="inline-block align-middle">
      {shown.map((point, index) => {
        const height = point.removed === 0 ? 3 : Math.max(5, (point.removed / most) * (HEIGHT - 2));
        return (
          <rect
            key={point.sync_id}
            x={(COUNT - shown.length + index) * 4}
            y={HEIGHT - height}
            width={3}
            height={height}
            className={FILLS[point.status]}
          >
            <title>{describe(point)}</title>
          </rect>
        );
      })}
    </svg>
  );
}

const FILLS: Record<Point["status"], string> = {
  completed: "fill-line-strong",
  in_progress: "fill-blue",
  completing: "fill-blue",
  error: "fill-red",
  abandoned: "fill-line",
};

const WORDS: Record<Point["status"], string> = {
  completed: "complete",
  in_progress: "reading",
  completing: "being applied",
  error: "not applied",
  abandoned: "not complete, or what had changed",
};

function describe({ started_at, status, created, updated, removed }: Point): string {
  const at = formatExact(started_at);
  return status === "completed"
    ? `${at}: ${created} created, ${updated} updated, ${removed} removed`
    : `${at}: ${WORDS[status]}`;
}
