import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type AppOverview, overviewQuery } from "../api/queries.ts";
import { NoAppsNote } from "../apps/no-apps-note.tsx";
import { type Column, DataTable } from "../components/data-table.tsx";
import { formatNumber } from "../components/format.ts";
import { Page } from "../components/page.tsx";
import { QueryPage } from "../components/query-page.tsx";
import { useSession } from "../session/session.ts";

const columns: readonly Column<AppOverview>[] = [
  { id: "name", header: "App", cell: (app) => <TasksLink app={app} /> },
  {
    id: "open",
    header: "Open",
    cell: ({ open_tasks: { count, count_is_exact } }) => `${formatNumber(count)}${count_is_exact ? "" : "+"}`,
    isNumber: true,
    width: "w-28",
  },
  { id: "failed", header: "Failed", cell: (app) => <FailedLink app={app} />, isNumber: true, width: "w-28" },
];

/** Where tasks wait or have failed. */
export function AllTasksPage() {
  const query = useQuery(overviewQuery(useSession()));
  return (
    <QueryPage title="Tasks" query={query}>
      {({ apps }) => (
        <Page title="Tasks" subtitle="By app; a task belongs to one.">
          {apps.length === 0 ? (
            <NoAppsNote />
          ) : (
            <DataTable label="Tasks by app" columns={columns} rows={apps} rowId={({ app_id }) => app_id} />
          )}
        </Page>
      )}
    </QueryPage>
  );
}

function TasksLink({ app: { app_id, name } }: { app: AppOverview }) {
  const { org } = useSession();
  return (
    <Link to="/o/$org/apps/$appId/tasks" params={{ org, appId: app_id }} className="row-target font-medium">
      {name}
    </Link>
  );
}

function FailedLink({ app: { app_id, failed_tasks } }: { app: AppOverview }) {
  const { org } = useSession();
  if (failed_tasks.count === 0) return <span className="text-faint">0</span>;
  return (
    <Link
      to="/o/$org/apps/$appId/tasks"
      params={{ org, appId: app_id }}
      search={{ status: "failed" }}
      className="relative z-1 text-red hover:underline"
    >
      {formatNumber(failed_tasks.count)}
      {failed_tasks.count_is_exact ? "" : "+"}
    </Link>
  );
}
