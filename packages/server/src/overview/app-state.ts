import type { Selectable } from "kysely";
import type { components } from "@bridgekit/client";
import type { Tables } from "../database/schema.ts";
import type { PartialRow, ReceiptRow, RunRow, TaskCounts } from "./read-app-runs.ts";

type Schemas = components["schemas"];
type AppOverview = Schemas["AppOverview"];

const LEAST_OVERDUE_SECONDS = 300;

/** What the overview knows of an app; its sessions come newest first. */
export interface AppFacts {
  app: Pick<
    Selectable<Tables["apps"]>,
    "id" | "name" | "clone_group_id" | "created_at" | "last_synced_at" | "live_version"
  >;
  runs: readonly RunRow[];
  partial: PartialRow | undefined;
  receipts: ReadonlyMap<string, ReceiptRow>;
  accounts: number | undefined;
  tasks: TaskCounts | undefined;
  runner: Schemas["AppRunner"] | undefined;
  now: Date;
}

const NONE = { count: 0, count_is_exact: true };

export function toAppOverview({ app, runs, partial, receipts, accounts, tasks, runner, now }: AppFacts): AppOverview {
  const open = runs.find(({ status }) => status === "in_progress" || status === "completing");
  const held = runs.find(({ reconciliation }) => reconciliation === "held");
  const last = lastRun(runs);
  const interval = medianInterval(runs);
  const facts = {
    open_session: open === undefined ? null : toOpen(open),
    held: held === undefined ? null : toHeld(held),
    partial: partial === undefined ? null : toPartial(partial, receipts.get(partial.id)),
    failure: last === undefined ? null : findFailure(last, receipts.get(last.id)),
  };
  return {
    app_id: app.id,
    name: app.name,
    clone_group: app.clone_group_id,
    created_at: app.created_at.toISOString(),
    state: toState(facts, app.last_synced_at),
    last_synced_at: app.last_synced_at?.toISOString() ?? null,
    interval_seconds: interval,
    is_overdue: isOverdue(runs[0], interval, now),
    ...facts,
    accounts: accounts ?? (app.live_version === 0 ? 0 : null),
    open_tasks: tasks?.open ?? NONE,
    failed_tasks: tasks?.failed ?? NONE,
    runner: runner ?? null,
    sessions: runs.toReversed().map(toPoint),
  };
}

/** The last ended session that neither the guard nor an administrator put aside. */
export function lastRun(runs: readonly RunRow[]): RunRow | undefined {
  return runs.find(
    ({ reconciliation, discarded_by, error }) =>
      reconciliation !== null &&
      !(reconciliation === "dropped" && (discarded_by !== null || error?.error_code === "REMOVALS_HELD")),
  );
}

function toState(
  { open_session, held, partial, failure }: Pick<AppOverview, "open_session" | "held" | "partial" | "failure">,
  lastSyncedAt: Date | null,
): AppOverview["state"] {
  if (held !== null) return "held";
  if (failure !== null) return "failing";
  if (partial !== null) return "partial";
  if (open_session !== null) return "syncing";
  return lastSyncedAt === null ? "never_synced" : "in_step";
}

function toOpen({ id, status, started_at }: RunRow): Schemas["OpenSession"] {
  return { sync_id: id, status, started_at: started_at.toISOString() };
}

function toHeld({ id, error, expires_at, ...run }: RunRow): Schemas["HeldSession"] {
  return {
    sync_id: id,
    at: endOf(run).toISOString(),
    expires_at: expires_at?.toISOString() ?? null,
    message: error?.message ?? "",
    losses: error?.losses ?? [],
  };
}

function toPartial({ id, since }: PartialRow, receipt: ReceiptRow | undefined): Schemas["PartialSince"] {
  return { since: since.toISOString(), sync_id: id, reason: receipt?.missing ?? receipt?.message ?? null };
}

/** How an ended session failed; null if it did not. */
function findFailure(run: RunRow, receipt: ReceiptRow | undefined): Schemas["AppFailure"] | null {
  const place = { sync_id: run.id, at: endOf(run).toISOString() };
  const isFailing = run.reconciliation === "failed" || run.reconciliation === "due" || run.reconciliation === "dropped";
  if (isFailing && run.error !== null) return { ...place, code: run.error.error_code, message: run.error.message };
  if (run.reconciliation === "dropped")
    return { ...place, code: "NOT_ENDED", message: "The run did not end its session; a newer one replaced it." };
  if (receipt?.status !== "failed") return null;
  return { ...place, code: receipt.code ?? "INTERNAL_ERROR", message: receipt.message ?? "The run failed." };
}

function toPoint({ id, started_at, status, counts }: RunRow): Schemas["SessionPoint"] {
  const sum = (figure: "created" | "updated" | "removed") =>
    (counts ?? []).reduce((total, count) => total + count[figure], 0);
  return {
    sync_id: id,
    started_at: started_at.toISOString(),
    status,
    created: sum("created"),
    updated: sum("updated"),
    removed: sum("removed"),
  };
}

function endOf({ ended_at, started_at }: Pick<RunRow, "ended_at" | "started_at">) {
  return ended_at ?? started_at;
}

/** The median time between two starts; null if there are too few. */
function medianInterval(runs: readonly RunRow[]): number | null {
  const starts = runs.map(({ started_at }) => started_at.getTime());
  const gaps = starts.slice(1).map((start, index) => starts[index]! - start);
  const middle = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)];
  return gaps.length < 2 || middle === undefined ? null : Math.max(0, middle / 1000);
}

function isOverdue(newest: RunRow | undefined, interval: number | null, now: Date): boolean {
  if (newest === undefined || interval === null) return false;
  const seconds = (now.getTime() - newest.started_at.getTime()) / 1000;
  return newest.status !== "in_progress" && seconds > Math.max(2 * interval, LEAST_OVERDUE_SECONDS);
}
