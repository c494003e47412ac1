import { AppLink } from "../apps/app-link.tsx";
import { AppStateMark } from "../apps/app-state-mark.tsx";
import { NextRun } from "../apps/next-run.tsx";
import { toShownState } from "../apps/shown-state.ts";
import { toLagSeconds } from "../apps/to-next-run.ts";
import { Button } from "../components/button.tsx";
import { CountCell } from "../components/count-cell.tsx";
import { type Column, DataTable } from "../components/data-table.tsx";
import { formatDuration, formatNumber } from "../components/format.ts";
import { useSelection } from "../components/selection.tsx";
import { useNow } from "../components/use-now.ts";
import { useMayOperate } from "../session/session.ts";
import { SyncStateMark } from "../syncs/sync-state-mark.tsx";
import type { FleetApp } from "./fleet-apps.ts";
import { OrderButtons } from "./order-buttons.tsx";
import { WorkerLink } from "./worker-table.tsx";

const columns: readonly Column<FleetApp>[] = [
  { id: "name", header: "Name", cell: (app) => <AppLink app={app} /> },
  { id: "state", header: "State", cell: (app) => <State app={app} />, width: "w-32" },
  {
    id: "where",
    header: "Where",
    cell: ({ runner: { worker } }) =>
      worker === null ? <span className="text-faint">not run yet</span> : <WorkerLink name={worker} isTarget={false} />,
    width: "w-56",
    hideBelow: "lg",
  },
  { id: "next", header: "Next run", cell: (app) => <NextRun app={app} />, width: "w-32", hideBelow: "xs" },
  { id: "lag", header: "Lag", cell: (app) => <Lag app={app} />, isNumber: true, width: "w-28", hideBelow: "md" },
  { id: "last", header: "Last sync", cell: (app) => <LastSync app={app} />, width: "w-32", hideBelow: "md" },
  {
    id: "failures",
    header: "Failures in a row",
    cell: ({ runner: { failures } }) => <CountCell count={failures} tone="text-red" />,
    isNumber: true,
    width: "w-32",
    hideBelow: "sm",
  },
];

const withOrders: readonly Column<FleetApp>[] = [
  ...columns,
  {
    id: "orders",
    header: "Order",
    cell: (app) => (
      <span className="relative z-1 flex justify-end">
        <OrderButtons apps={[app]} />
      </span>
    ),
    isNumber: true,
    width: "w-48",
    hideBelow: "xl",
  },
];

export function FleetAppTable({ apps }: { apps: readonly FleetApp[] }) {
  const mayOrder = useMayOperate() && apps.some(({ runner }) => runner.takes_orders);
  const selection = useSelection<FleetApp>("fleet", ({ app_id }) => app_id);
  const takers = apps.filter(({ runner }) => runner.takes_orders);
  // What is selected may have changed since.
  const selected = takers.filter(({ app_id }) => selection.rows.some((row) => row.app_id === app_id));
  const choice = selection.toChoice(takers, ({ name }) => `Select ${name}`);
  return (
    <>
      <DataTable
        label="Apps"
        columns={mayOrder ? withOrders : columns}
        rows={apps}
        rowId={({ app_id }) => app_id}
        rowCount={apps.length}
        choice={mayOrder ? { ...choice, mayChoose: ({ runner }) => runner.takes_orders } : undefined}
      />
      {mayOrder && selected.length > 0 && (
        <div
          role="toolbar"
          aria-label="Selected apps"
          className="sticky bottom-18 z-5 mx-auto flex max-w-full flex-wrap items-center gap-2 rounded-md border border-line bg-raised p-2 pl-4 text-sm shadow-float xs:bottom-4"
        >
          <span role="status" className="pr-2 font-medium">
            {formatNumber(selected.length)} selected
          </span>
          <OrderButtons apps={selected} onDone={selection.clear} />
          <Button look="quiet" onClick={selection.clear}>
            Clear
          </Button>
        </div>
      )}
    </>
  );
}

const ORDERED = { pause: "to be paused", resume: "to be resumed", run_now: "to run now" };

function State({ app }: { app: FleetApp }) {
  const { ordered } = app.runner;
  return (
    <>
      <AppStateMark state={toShownState(app)} />
      {ordered !== null && <span className="block text-xs text-soft">{ORDERED[ordered]}</span>}
    </>
  );
}

function Lag({ app }: { app: FleetApp }) {
  const seconds = toLagSeconds(app, useNow());
  if (seconds === 0) return <span className="text-faint">none</span>;
  return <span className="text-amber">{formatDuration(seconds)}</span>;
}

/** How the last sync ended, if one did. */
function LastSync({ app: { sessions, held } }: { app: FleetApp }) {
  const last = sessions.findLast(({ status }) => status !== "in_progress" && status !== "completing");
  if (last === undefined) return <span className="text-faint">never</span>;
  const error = { error_code: "REMOVALS_HELD" as const, message: held?.message ?? "" };
  return <SyncStateMark session={{ status: last.status, ...(held?.sync_id === last.sync_id && { error }) }} />;
}
