import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { Suspense, useState } from "react";
import { appQuery, type TaskFilter, tasksQuery } from "../api/queries.ts";
import { useAppId } from "../apps/app-scope.tsx";
import { Button, buttonClass } from "../components/button.tsx";
import { ExportButtons } from "../components/export-buttons.tsx";
import { useMayOperate, useSession } from "../session/session.ts";
import { exportTasks } from "./export-tasks.ts";
import { TaskFilters } from "./task-filters.tsx";
import { TaskList } from "./task-list.tsx";
import { lazyPart } from "../lazy.ts";

const RetryDialog = lazyPart(() => import("./batch/retry-dialog.tsx"), "RetryDialog");

/** The tasks of an app. */
export function TasksPage() {
  const session = useSession();
  const { org } = session;
  const appId = useAppId();
  const filter: TaskFilter = { ...useSearch({ from: "/o/$org/apps/$appId/parts/tasks" }), app_id: appId };
  const query = useQuery(tasksQuery(session, filter));
  const { data: app } = useQuery(appQuery(session, appId));
  const [isRetrying, setIsRetrying] = useState(false);
  const mayOperate = useMayOperate();
  const isAble = mayOperate && app?.capabilities?.actions.length !== 0;
  // All of a cause are tried again, not those that a text finds.
  const hasFailed =
    mayOperate && filter.text === undefined && filter.state === "failed" && (query.data?.rows.length ?? 0) > 0;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <TaskFilters filter={filter} />
        <div className="flex flex-wrap items-center gap-2">
          <ExportButtons name="tasks" toFile={(format) => exportTasks(session, filter, format)} />
          {hasFailed && <Button onClick={() => setIsRetrying(true)}>Try all again…</Button>}
          {isAble && (
            <Link to="/o/$org/apps/$appId/tasks/new" params={{ org, appId }} className={buttonClass("primary")}>
              <Plus size={14} aria-hidden /> New task
            </Link>
          )}
        </div>
      </div>
      <TaskList filter={filter} />
      {isRetrying && (
        <Suspense>
          <RetryDialog
            targets={[{ appId }]}
            code={filter.code}
            action={filter.action}
            onClose={() => setIsRetrying(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
