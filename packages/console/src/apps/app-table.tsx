import type { AppOverview } from "../api/queries.ts";
import { type Column, DataTable } from "../components/data-table.tsx";
import { formatNumber } from "../components/format.ts";
import { Moment } from "../components/moment.tsx";
import { SyncBars } from "../components/sync-bars.tsx";
import { AppLink } from "./app-link.tsx";
import { AppStateMark } from "./app-state-mark.tsx";
import { NextRun } from "./next-run.tsx";
import { toShownState } from "./shown-state.ts";

const columns: readonly Column<AppOverview>[] = [
  { id: "name", header: "Name", cell: (app) => <AppLink app={app} /> },
  { id: "state", header: "State", cell: (app) => <AppStateMark state={toShownState(app)} />, width: "w-32" },
  {
    id: "freshness",
    header: "In step as of",
    cell: ({ last_synced_at }) => <Moment at={last_synced_at} />,
    width: "w-32",
    hideBelow: "xs",
  },
  {
    id: "syncs",
    header: "Syncs: changed ↑ removed ↓",
    cell: ({ sessions }) => <SyncBars sessions={sessions} />,
    width: "w-44",
    hideBelow: "md",
  },
  {
    id: "accounts",
    header: "Accounts",
    cell: ({ accounts }) => (accounts === null ? <span className="text-faint">–</span> : formatNumber(accounts)),
    isNumber: true,
    width: "w-24",
    hideBelow: "sm",
  },
  {
    id: "tasks",
    header: "Open tasks",
    cell: ({ open_tasks }) => <Bounded {...open_tasks} />,
    isNumber: true,
    width: "w-24",
    hideBelow: "lg",
  },
  {
    id: "failed",
    header: "Failed",
    cell: ({ failed_tasks }) => <Bounded {...failed_tasks} tone="text-red" />,
    isNumber: true,
    width: "w-20",
    hideBelow: "lg",
  },
  {
    id: "next",
    header: "Next run",
    cell: (app) => <NextRun app={app} />,
    isNumber: true,
    width: "w-28",
    hideBelow: "md",
  },
];

export function AppTable({ apps }: { apps: readonly AppOverview[] }) {
  return <DataTable label="Apps" columns={columns} rows={apps} rowId={({ app_id }) => app_id} rowCount={apps.length} />;
}

function Bounded({ count, count_is_exact, tone = "" }: AppOverview["open_tasks"] & { tone?: string }) {
  if (count === 0) return <span className="text-faint">0</span>;
  return (
    <span className={tone}>
      {formatNumber(count)}
      {count_is_exact ? "" : "+"}
    </span>
  );
}
