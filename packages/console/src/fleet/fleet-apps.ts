import type { AppOverview } from "../api/queries.ts";
import { toShownState } from "../apps/shown-state.ts";
import { toLagSeconds } from "../apps/to-next-run.ts";

/** What the address asks for. */
export interface FleetFilter {
  text?: string | undefined;
  state?: string | undefined;
  worker?: string | undefined;
}

/** An app that a runner has reported. */
export type FleetApp = AppOverview & { runner: NonNullable<AppOverview["runner"]> };

export type Order = NonNullable<FleetApp["runner"]["ordered"]>;

export const ORDERS: readonly { order: Order; name: string }[] = [
  { order: "pause", name: "Pause" },
  { order: "resume", name: "Resume" },
  { order: "run_now", name: "Run now" },
];

/** Whether an order would change anything of an app. */
export function mayTake({ runner, open_session }: FleetApp, order: Order): boolean {
  const isStopped = runner.paused_at !== null || runner.parked_at !== null;
  if (!runner.takes_orders) return false;
  if (order === "pause") return runner.paused_at === null;
  return order === "resume" ? isStopped : !isStopped && open_session === null;
}

export const isReported = (app: AppOverview): app is FleetApp => app.runner !== null;

export const isFailing = (app: FleetApp): boolean => app.runner.failures > 0 || app.state === "failing";

export const STATES: Record<string, { label: string; has: (app: FleetApp, now: number) => boolean }> = {
  running: { label: "Running", has: ({ open_session }) => open_session !== null },
  late: { label: "Late", has: (app, now) => toLagSeconds(app, now) > 0 },
  failing: { label: "Failing", has: isFailing },
  parked: { label: "Parked", has: ({ runner }) => runner.parked_at !== null },
  paused: { label: "Paused", has: ({ runner }) => runner.paused_at !== null },
};

/** The apps that a filter asks for: what needs somebody first, then by when they run next. */
export function findApps(
  apps: readonly FleetApp[],
  { text = "", state, worker }: FleetFilter,
  now: number,
): FleetApp[] {
  const words = text.trim().toLocaleLowerCase();
  const has = state === undefined ? undefined : STATES[state]?.has;
  return apps
    .filter((app) => app.name.toLocaleLowerCase().includes(words))
    .filter((app) => worker === undefined || app.runner.worker === worker)
    .filter((app) => has === undefined || has(app, now))
    .toSorted((one, other) => toRank(one) - toRank(other) || toTime(one) - toTime(other));
}

function toRank(app: FleetApp): number {
  const shown = toShownState(app);
  if (shown === "parked") return 0;
  if (isFailing(app)) return 1;
  return shown === "paused" ? 2 : 3;
}

const toTime = ({ runner }: FleetApp): number => (runner.next_run_at === null ? 0 : Date.parse(runner.next_run_at));
