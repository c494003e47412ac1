import type { AppOverview } from "../api/queries.ts";
import { formatCount, formatExact, formatNumber } from "./format.ts";

const COUNT = 30;
const STEP = 4;
const WIDTH = 3;
/** Of the bars above the line, and of those below it. */
const ABOVE = 10;
const BELOW = 10;

type Point = AppOverview["sessions"][number];

/**
 * What each of the last syncs changed, oldest first: above the line what it created and updated, below it what it removed,
 * each by its own scale. A sync that was not applied is marked by its colour and in words.
 */
export function SyncBars({ sessions }: { sessions: readonly Point[] }) {
  const shown = sessions.slice(-COUNT);
  const mostChanged = Math.max(...shown.map(changedBy));
  const mostRemoved = Math.max(...shown.map(({ removed }) => removed));
  return (
    <svg
      role="img"
      aria-label={nameOf(shown)}
      width={COUNT * STEP}
      height={ABOVE + 1 + BELOW}
      className="inline-block align-middle"
    >
      {shown.map((point, index) => {
        const up = toHeight(changedBy(point), mostChanged, ABOVE);
        const down = toHeight(point.removed, mostRemoved, BELOW);
        const x = (COUNT - shown.length + index) * STEP;
        const fill = FILLS[point.status];
        return (
          <g key={point.sync_id}>
            <title>{describe(point)}</title>
            {/* Nothing to see, but the pointer finds it. */}
            <rect x={x} y={0} width={STEP} height={ABOVE + 1 + BELOW} className="fill-transparent" />
            <rect x={x} y={ABOVE - up} width={WIDTH} height={up} className={fill ?? "fill-faint"} />
            <rect
              x={x}
              y={ABOVE - (fill ? 1 : 0)}
              width={WIDTH}
              height={fill ? 3 : 1}
              className={fill ?? "fill-line-strong"}
            />
            <rect x={x} y={ABOVE + 1} width={WIDTH} height={down} className={fill ?? "fill-text"} />
          </g>
        );
      })}
    </svg>
  );
}

const changedBy = ({ created, updated }: Point) => created + updated;

/** The least that there is can still be seen. */
const toHeight = (count: number, most: number, height: number) =>
  count === 0 ? 0 : Math.max(2, (count / most) * height);

/** Of those that are not complete. */
const FILLS: Partial<Record<Point["status"], string>> = {
  in_progress: "fill-blue",
  completing: "fill-blue",
  error: "fill-red",
};

const WORDS: Record<Point["status"], string> = {
  completed: "complete",
  in_progress: "reading",
  completing: "being applied",
  error: "not applied",
  abandoned: "not complete, or what had changed",
};

function nameOf(shown: readonly Point[]): string {
  const sum = (of: (point: Point) => number) => shown.reduce((total, point) => total + of(point), 0);
  const removed = sum((point) => point.removed);
  const parts = [formatCount(sum(changedBy), "created or updated record"), formatCount(removed, "removal")];
  const notApplied = shown.filter(({ status }) => status === "error" || status === "abandoned").length;
  if (notApplied > 0) parts.push(`${notApplied} not complete`);
  return `Last ${formatCount(shown.length, "sync")}: ${parts.join(", ")}`;
}

function describe(point: Point): string {
  const { started_at, status, created, updated, removed } = point;
  const counts = `${formatNumber(created)} created, ${formatNumber(updated)} updated, ${formatNumber(removed)} removed`;
  const hasChanged = changedBy(point) + removed > 0;
  const parts = status === "completed" ? [counts] : [WORDS[status], ...(hasChanged ? [counts] : [])];
  return `${formatExact(started_at)}: ${parts.join("; ")}`;
}
