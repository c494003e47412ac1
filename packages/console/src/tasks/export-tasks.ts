import { collect, type ExportColumns } from "../api/collect.ts";
import { type AppTask, type TaskFilter, tasksQuery } from "../api/queries.ts";
import { queryClient } from "../api/query-client.ts";
import type { ExportFormat } from "../components/export-buttons.tsx";
import type { Session } from "../session/session.ts";
import { describeRefs, toAccountName } from "./describe-task.ts";

const COLUMNS: ExportColumns<AppTask> = {
  id: ({ task }) => task.id,
  app: ({ app_name }) => app_name,
  action: ({ task }) => task.action,
  account_id: ({ task }) => task.payload.account.id,
  account: ({ task, account_name }) => toAccountName(task, account_name),
  refs: ({ task, ref_names }) => describeRefs(task, ref_names).join("; "),
  status: ({ task }) => task.status,
  created_at: ({ task }) => task.created_at,
  execute_after: ({ task }) => task.execute_after,
  ended_at: ({ task }) => task.ended_at,
  error_code: ({ task }) => task.error?.code,
  error_message: ({ task }) => task.error?.message,
};

/** All tasks that a filter finds, as a file. */
export function exportTasks(session: Session, filter: TaskFilter, format: ExportFormat): Promise<Blob> {
  const readWindow = (cursor: string | undefined) =>
    queryClient.fetchQuery({ ...tasksQuery(session, { ...filter, cursor }), gcTime: 0 });
  return collect(readWindow, COLUMNS, format);
}
