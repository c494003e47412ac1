import { AppLink } from "../apps/app-link.tsx";
import { AppStateMark } from "../apps/app-state-mark.tsx";
import { NextRun } from "../apps/next-run.tsx";
import { toShownState } from "../apps/shown-state.ts";
import { toLagSeconds } from "../apps/to-next-run.ts";
import { CountCell } from "../components/count-cell.tsx";
import { type Column, DataTable } from "../components/data-table.tsx";
import { formatDuration } from "../components/format.ts";
import { useNow } from "../components/use-now.ts";
import { SyncStateMark } from "../syncs/sync-state-mark.tsx";
import type { FleetApp } from "./fleet-apps.ts";
import { WorkerLink } from "./worker-table.tsx";

const columns: readonly Column<FleetApp>[] = [
  { id: "name", header: "Name", cell: (app) => <AppLink app={app} /> },
  { id: "state", header: "State", cell: (app) => <AppStateMark state={toShownState(app)} />, width: "w-32" },
  {
    id: "where",
    header: "Where",
    cell: ({ runner: { worker } }) =>
      worker === null ? <span className="text-faint">not run yet</span> : <WorkerLink name={worker} isTarget={false} />,
    width: "w-56",
    hideBelow: "lg",
  },
  { id: "next", header: "Next run", cell: (app) => <NextRun app={app} />, width: "w-32" },
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

export function FleetAppTable({ apps }: { apps: readonly FleetApp[] }) {
  return <DataTable label="Apps" columns={columns} rows={apps} rowId={({ app_id }) => app_id} rowCount={apps.length} />;
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
