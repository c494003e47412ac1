import type { AppOverview } from "../api/queries.ts";

type NextRun = "held" | "now" | "paused" | "parked" | "unknown" | { at: string; isOverdue: boolean };

/** A sync that is due waits its turn for a moment. */
const GRACE_MS = 60_000;

/** When an app is synced next: as its runner reported, or else by the pace of its last syncs. */
export function toNextRun(app: AppOverview, now: number): NextRun {
  const { held, open_session, runner } = app;
  if (held !== null) return "held";
  if (open_session !== null) return "now";
  if (runner === null) return estimate(app);
  if (runner.parked_at !== null) return "parked";
  if (runner.paused_at !== null) return "paused";
  if (runner.next_run_at === null) return "now";
  return { at: runner.next_run_at, isOverdue: toLagSeconds(app, now) > 0 };
}

/** For how long an app has been due without being synced; 0 if it is not, or need not be. */
export function toLagSeconds({ open_session, runner }: AppOverview, now: number): number {
  if (open_session !== null || runner === null || runner.next_run_at === null) return 0;
  if (runner.paused_at !== null || runner.parked_at !== null) return 0;
  const lag = now - Date.parse(runner.next_run_at);
  return lag > GRACE_MS ? lag / 1000 : 0;
}

function estimate({ interval_seconds, is_overdue, sessions }: AppOverview): NextRun {
  const last = sessions.at(-1);
  if (interval_seconds === null || last === undefined) return "unknown";
  const due = Date.parse(last.started_at) + interval_seconds * 1000;
  return { at: new Date(due).toISOString(), isOverdue: is_overdue };
}
