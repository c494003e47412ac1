import { queryClient } from "../../api/query-client.ts";
import { read } from "../../api/read.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { formatCount, formatNumber } from "../../components/format.ts";
import { showToast } from "../../components/toasts.tsx";
import { useSession } from "../../session/session.ts";
import { actionLabel } from "../actions.ts";
import { BatchPreview } from "./batch-preview.tsx";
import { TasksLink } from "./tasks-link.tsx";
import { countMade, type Target } from "./target.ts";
import { useBatch } from "./use-batch.ts";

const TYPED_FROM = 10;

interface UndoDialogProps {
  targets: readonly Target[];
  onClose: () => void;
  onDone?: () => void;
}

/** Makes the inverse of tasks that are done; shows first what it is, or why there is none. */
export function UndoDialog({ targets, onClose, onDone }: UndoDialogProps) {
  const { client } = useSession();
  const { preview, error, carryOut } = useBatch("undo", targets, ({ appId, taskIds }, { preview, header }) => {
    const params = { path: { app_id: appId }, header };
    const body = { task_ids: taskIds, preview };
    return read(client.api.POST("/api/v1/bridge/apps/{app_id}/tasks/undo/", { params, body }));
  });
  const count = countMade(preview);
  const asked = targets.reduce((sum, { taskIds }) => sum + taskIds.length, 0);
  const only = asked === 1 ? preview?.items[0]?.action : undefined;
  return (
    <ConfirmDialog
      title={asked === 1 ? "Undo this task?" : `Undo ${formatNumber(asked)} tasks?`}
      action={
        only === undefined ? `Undo ${preview === undefined ? "" : formatNumber(count)}`.trim() : actionLabel(only)
      }
      isDisabled={count === 0}
      typed={count > TYPED_FROM ? "undo" : undefined}
      hasReason
      onClose={onClose}
      onConfirm={async (reason) => {
        const made = countMade(await carryOut(reason));
        showToast(
          <>
            {made === 1 ? "The inverse task was made." : `${formatCount(made, "inverse task")} made.`}{" "}
            <TasksLink targets={targets} />
          </>,
        );
        onDone?.();
        await queryClient.invalidateQueries();
      }}
    >
      {error && <p className="text-red">What undoing would do could not be read: {error.message}</p>}
      {preview === undefined && !error && <p>Looking at {asked === 1 ? "the task" : "the tasks"}…</p>}
      {count > 0 && (
        <p>
          {formatCount(count, "new task")} {count === 1 ? "is" : "are"} made. A runner carries{" "}
          {count === 1 ? "it" : "them"} out like any other.
        </p>
      )}
      {preview && <BatchPreview batch={preview} />}
    </ConfirmDialog>
  );
}
