import { Link } from "@tanstack/react-router";
import type { AppOverview } from "../api/queries.ts";
import { type Column, DataTable } from "../components/data-table.tsx";
import { formatNumber } from "../components/format.ts";
import { Moment } from "../components/moment.tsx";
import { SyncBars } from "../components/sync-bars.tsx";
import { useSession } from "../session/session.ts";
import { AppStateMark } from "./app-state-mark.tsx";

const columns: readonly Column<AppOverview>[] = [
  { id: "name", header: "Name", cell: (app) => <AppLink app={app} /> },
  { id: "state", header: "State", cell: ({ state }) => <AppStateMark state={state} />, width: "w-32" },
  {
    id: "freshness",
    header: "In step as of",
    cell: ({ last_synced_at }) => <Moment at={last_synced_at} />,
    width: "w-32",
    hideBelow: "xs",
  },
  {
    id: "syncs",
    header: "Last 30 syncs: removed",
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
    header: "Next sync",
    cell: (app) => <NextSync app={app} />,
    isNumber: true,
    width: "w-28",
    hideBelow: "md",
  },
];

export function AppTable({ apps }: { apps: readonly AppOverview[] }) {
  return <DataTable label="Apps" columns={columns} rows={apps} rowId={({ app_id }) => app_id} rowCount={apps.length} />;
}

function AppLink({ app: { app_id, name } }: { app: AppOverview }) {
  const { org } = useSession();
  return (
    <Link to="/o/$org/apps/$appId" params={{ org, appId: app_id }} className="row-target font-medium">
      {name}
    </Link>
  );
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

/** When the next sync is due, by the pace of the last ones. */
function NextSync({ app: { held, open_session, interval_seconds, is_overdue, sessions } }: { app: AppOverview }) {
  if (held !== null) return <span className="text-faint">held</span>;
  if (open_session !== null) return <span className="text-faint">now</span>;
  const last = sessions.at(-1);
  if (interval_seconds === null || last === undefined) return <span className="text-faint">unknown</span>;
  const due = new Date(last.started_at).getTime() + interval_seconds * 1000;
  if (is_overdue) return <span className="text-amber">overdue</span>;
  return <Moment at={new Date(due).toISOString()} />;
}
