import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import type { AppTask, TaskFilter } from "../api/queries.ts";
import { tasksQuery } from "../api/queries.ts";
import { ChoiceLinks } from "../components/choice-links.tsx";
import type { Column } from "../components/data-table.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { ListView } from "../components/list-view.tsx";
import { Moment } from "../components/moment.tsx";
import { DetailLink } from "../detail/detail-link.tsx";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";
import { actionLabel } from "./actions.ts";
import { describeRefs, toAccountName } from "./describe-task.ts";
import { TaskStateMark } from "./task-state-mark.tsx";

const app: Column<AppTask> = {
  id: "app",
  header: "App",
  cell: ({ app_name }) => <Text className="line-clamp-1 text-soft">{app_name}</Text>,
  width: "w-44",
  hideBelow: "sm",
};

const columns: readonly Column<AppTask>[] = [
  { id: "action", header: "Task", cell: (row) => <TaskLink row={row} />, width: "w-44" },
  {
    id: "account",
    header: "Account",
    cell: ({ task }) => <Text className="line-clamp-1">{toAccountName(task)}</Text>,
    width: "w-48",
  },
  {
    id: "what",
    header: "What, or why it failed",
    cell: ({ task }) => (
      <Text className="line-clamp-1 text-soft">{task.error?.message ?? describeRefs(task).join(", ")}</Text>
    ),
    hideBelow: "md",
  },
  { id: "state", header: "State", cell: ({ task }) => <TaskStateMark task={task} />, width: "w-28" },
  {
    id: "at",
    header: "When",
    cell: ({ task: { ended_at, execute_after } }) => <Moment at={ended_at ?? execute_after} />,
    isNumber: true,
    width: "w-28",
    hideBelow: "sm",
  },
];

const withApp = columns.toSpliced(1, 0, app);

/** Tasks of one app, or of all, by what is asked for in the address. */
export function TaskList({ filter }: { filter: TaskFilter }) {
  const query = useQuery(tasksQuery(useSession(), filter));
  return (
    <ListView
      label="Tasks"
      query={query}
      columns={filter.app_id === undefined ? withApp : columns}
      rowId={({ task }) => task.id}
      empty={
        <EmptyNote>
          {filter.state === undefined && filter.code === undefined
            ? "No task was made yet; make one on the page of an account."
            : "No task is in that state."}
        </EmptyNote>
      }
    />
  );
}

/** The filters of a list of tasks. */
export function TaskFilters({ filter: { code } }: { filter: TaskFilter }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <ChoiceLinks
        label="State"
        name="state"
        resets="code"
        choices={[
          { value: undefined, label: "All" },
          { value: "pending", label: "Pending" },
          { value: "scheduled", label: "Scheduled" },
          { value: "in_flight", label: "In flight" },
          { value: "completed", label: "Done" },
          { value: "failed", label: "Failed" },
          { value: "cancelled", label: "Cancelled" },
        ]}
      />
      {code !== undefined && (
        <Link
          to="."
          search={(previous) => ({ ...previous, code: undefined, cursor: undefined })}
          className="inline-flex h-7 items-center gap-1.5 rounded-md bg-selected px-2.5 text-sm text-accent"
        >
          <code className="text-xs">{code}</code>
          <X size={14} aria-label="Remove this filter" />
        </Link>
      )}
    </div>
  );
}

function TaskLink({ row: { app_id, task } }: { row: AppTask }) {
  return (
    <DetailLink
      detail={{ kind: "task", appId: app_id, id: task.id }}
      className="row-target font-medium whitespace-nowrap"
    >
      {actionLabel(task.action)}
    </DetailLink>
  );
}
