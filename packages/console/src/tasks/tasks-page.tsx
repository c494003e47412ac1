import type { Task } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { appQuery, type TaskFilter, tasksQuery } from "../api/queries.ts";
import { buttonClass } from "../components/button.tsx";
import { ChoiceLinks } from "../components/choice-links.tsx";
import type { Column } from "../components/data-table.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { formatNumber } from "../components/format.ts";
import { ListView } from "../components/list-view.tsx";
import { Moment } from "../components/moment.tsx";
import { NewRowsNote } from "../live/new-rows-note.tsx";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";
import { actionLabel } from "./actions.ts";
import { describeRefs, toAccountName } from "./describe-task.ts";
import { TaskStateMark } from "./task-state-mark.tsx";

const columns: readonly Column<Task>[] = [
  { id: "action", header: "Task", cell: (task) => <TaskLink task={task} />, width: "w-44" },
  {
    id: "account",
    header: "Account",
    cell: (task) => <Text className="line-clamp-1">{toAccountName(task)}</Text>,
    width: "w-56",
  },
  {
    id: "what",
    header: "What, or why it failed",
    cell: (task) => (
      <Text className="line-clamp-1 text-soft">{task.error?.message ?? describeRefs(task).join(", ")}</Text>
    ),
    hideBelow: "md",
  },
  { id: "state", header: "State", cell: (task) => <TaskStateMark task={task} />, width: "w-28" },
  {
    id: "at",
    header: "When",
    cell: ({ ended_at, execute_after }) => <Moment at={ended_at ?? execute_after} />,
    isNumber: true,
    width: "w-28",
    hideBelow: "sm",
  },
];

/** The tasks of an app, in the order in which they became due. */
export function TasksPage() {
  const session = useSession();
  const { org } = session;
  const { appId } = useParams({ from: "/o/$org/apps/$appId" });
  const filter: TaskFilter = useSearch({ from: "/o/$org/apps/$appId/parts/tasks" });
  const query = useQuery(tasksQuery(session, appId, filter));
  const { data: app } = useQuery(appQuery(session, appId));
  const isAble = app?.capabilities?.actions.length !== 0;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <ChoiceLinks
            label="State"
            name="status"
            choices={[
              { value: undefined, label: "All" },
              { value: "pending", label: "Pending" },
              { value: "scheduled", label: "Scheduled" },
              { value: "completed", label: "Done" },
              { value: "failed", label: "Failed" },
            ]}
          />
          {query.data && (
            <span className="text-sm text-faint tabular-nums">
              {formatNumber(query.data.count)}
              {query.data.isCountExact ? "" : "+"}
            </span>
          )}
        </div>
        {isAble && (
          <Link to="/o/$org/apps/$appId/tasks/new" params={{ org, appId }} className={buttonClass("primary")}>
            <Plus size={14} aria-hidden /> New task
          </Link>
        )}
      </div>
      <NewRowsNote query={query} appId={appId} types={["task.created", "task.ended"]} />
      <ListView
        label="Tasks"
        query={query}
        columns={columns}
        rowId={({ id }) => id}
        empty={
          <EmptyNote>
            {filter.status === undefined
              ? "No task was made for this app yet."
              : "No task of this app is in that state."}
          </EmptyNote>
        }
      />
    </div>
  );
}

function TaskLink({ task: { id, action } }: { task: Task }) {
  const { org } = useSession();
  const { appId } = useParams({ from: "/o/$org/apps/$appId" });
  return (
    <Link
      to="/o/$org/apps/$appId/tasks/$taskId"
      params={{ org, appId, taskId: id }}
      className="row-target font-medium whitespace-nowrap"
    >
      {actionLabel(action)}
    </Link>
  );
}
