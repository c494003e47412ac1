import type { App, SyncSession } from "@bridgekit/client";
import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { appsQuery, recentSyncsQuery } from "../api/queries.ts";
import { DataTable, type Column } from "../components/data-table.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { ErrorNote } from "../components/error-note.tsx";
import { formatCount, formatNumber } from "../components/format.ts";
import { Moment } from "../components/moment.tsx";
import { Page } from "../components/page.tsx";
import { SkeletonRows } from "../components/skeleton.tsx";
import { SyncBars } from "../components/sync-bars.tsx";
import { useSession } from "../session/session.ts";
import { AppStateMark } from "./app-state-mark.tsx";
import { type AppState, toAppState } from "./app-state.ts";

interface AppRow {
  app: App;
  state: AppState | undefined;
  sessions: readonly SyncSession[] | undefined;
}

const columns: readonly Column<AppRow>[] = [
  { id: "name", header: "Name", cell: ({ app }) => <AppName app={app} /> },
  { id: "state", header: "State", cell: ({ state }) => state && <AppStateMark state={state.name} />, width: "w-36" },
  {
    id: "synced",
    header: "Last complete sync",
    cell: ({ app }) => <Moment at={app.last_synced_at} />,
    width: "w-40",
    hideBelow: "xs",
  },
  {
    id: "syncs",
    header: "Last 30 syncs (removed)",
    cell: ({ sessions }) => sessions && <SyncBars sessions={sessions} />,
    width: "w-44",
    hideBelow: "md",
  },
  {
    id: "accounts",
    header: "Accounts",
    cell: ({ sessions }) => <AccountCount sessions={sessions} />,
    isNumber: true,
    width: "w-24",
    hideBelow: "sm",
  },
  {
    id: "connector",
    header: "Connector",
    cell: ({ app: { capabilities } }) =>
      capabilities ? (
        <span className="text-soft">{[capabilities.connector, capabilities.version].filter(Boolean).join(" ")}</span>
      ) : (
        <span className="text-faint">unknown</span>
      ),
    width: "w-44",
    hideBelow: "lg",
  },
];

export function AppsPage() {
  const session = useSession();
  const { data: apps, error, refetch } = useQuery(appsQuery(session));
  const recent = useQueries({ queries: (apps ?? []).map(({ id }) => recentSyncsQuery(session, id)) });
  const rows = (apps ?? []).map((app, index): AppRow => {
    const sessions = recent[index]?.data;
    return { app, sessions, state: sessions && toAppState(app, sessions) };
  });
  return (
    <Page title="Apps" aside={apps && <span className="text-sm text-soft">{formatCount(apps.length, "app")}</span>}>
      {error && !apps && <ErrorNote error={error} title="The apps could not be read." onRetry={() => void refetch()} />}
      {!error && !apps && <SkeletonRows />}
      {apps?.length === 0 && (
        <EmptyNote command="npx bridgekit init jira">
          No app is here yet. A connector makes one with its first sync; this command writes its config.
        </EmptyNote>
      )}
      {rows.length > 0 && (
        <DataTable label="Apps" columns={columns} rows={rows} rowId={({ app }) => app.id} rowCount={rows.length} />
      )}
    </Page>
  );
}

function AppName({ app }: { app: App }) {
  const { org } = useSession();
  return (
    <Link to="/o/$org/apps" params={{ org }} className="row-target font-medium">
      {app.name}
    </Link>
  );
}

/** Accounts that the last complete sync pushed. */
function AccountCount({ sessions }: { sessions: readonly SyncSession[] | undefined }) {
  const last = sessions?.find(({ status }) => status === "completed");
  if (last === undefined) return <span className="text-faint">–</span>;
  const counts = last.progress.filter(({ type }) => type === "account");
  return formatNumber(counts.reduce((sum, { synced_count }) => sum + synced_count, 0));
}
