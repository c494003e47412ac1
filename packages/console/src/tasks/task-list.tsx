import { useQuery } from "@tanstack/react-query";
import type { AppTask, TaskFilter } from "../api/queries.ts";
import { tasksQuery } from "../api/queries.ts";
import type { Column } from "../components/data-table.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { ListView } from "../components/list-view.tsx";
import { Moment } from "../components/moment.tsx";
import { DetailLink } from "../detail/detail-link.tsx";
import { useSelection } from "../components/selection.tsx";
import { NewRowsNote } from "../live/new-rows-note.tsx";
import { Text } from "../records/text.tsx";
import { useMayOperate, useSession } from "../session/session.ts";
import { actionLabel } from "./actions.ts";
import { SelectionBar } from "./batch/selection-bar.tsx";
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
    cell: (row) => <Account row={row} />,
    width: "w-48",
  },
  {
    id: "what",
    header: "What, or why it failed",
    cell: ({ task, ref_names }) => (
      <Text className="line-clamp-1 text-soft">{task.error?.message ?? describeRefs(task, ref_names).join(", ")}</Text>
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

const rowId = ({ task }: AppTask) => task.id;
const nameOf = ({ task, account_name }: AppTask) =>
  `Select: ${actionLabel(task.action)}, ${toAccountName(task, account_name)}`;

/** Tasks of one app, or of all, by what is asked for in the address. */
export function TaskList({ filter }: { filter: TaskFilter }) {
  const query = useQuery(tasksQuery(useSession(), filter));
  const mayOperate = useMayOperate();
  const { app_id, state, code, action, text } = filter;
  const selection = useSelection(JSON.stringify([app_id, state, code, action, text]), rowId);
  return (
    <>
      <NewRowsNote query={query} appId={app_id} topics={["task.created", "task.ended"]} />
      <ListView
        label="Tasks"
        query={query}
        columns={app_id === undefined ? withApp : columns}
        rowId={rowId}
        choice={mayOperate ? selection.toChoice(query.data?.rows ?? [], nameOf) : undefined}
        empty={
          <EmptyNote>
            {[state, code, action, text].every((value) => value === undefined)
              ? "No task was made yet; make one on the page of an account."
              : "No task fits the filter."}
          </EmptyNote>
        }
      />
      <SelectionBar selection={selection} />
    </>
  );
}

/** By name and, as names are not unique, by id. */
function Account({ row: { task, account_name } }: { row: AppTask }) {
  const name = toAccountName(task, account_name);
  const { id } = task.payload.account;
  return (
    <span className="line-clamp-1">
      <Text>{name}</Text> {name !== id && <Text className="text-xs text-faint">{id}</Text>}
    </span>
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
