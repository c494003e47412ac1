import { isApiError } from "@bridgekit/client";
import type { AppTask } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { toReasonHeader } from "../../api/read.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { formatCount, formatNumber } from "../../components/format.ts";
import { showToast } from "../../components/toasts.tsx";
import { useSession } from "../../session/session.ts";
import { isOpen } from "./is-open.ts";

const TYPED_FROM = 10;

interface CancelDialogProps {
  rows: readonly Pick<AppTask, "app_id" | "task">[];
  onClose: () => void;
  onDone?: () => void;
}

/** Cancels tasks that have not ended. */
export function CancelDialog({ rows, onClose, onDone }: CancelDialogProps) {
  const { client } = useSession();
  const open = rows.filter(({ task }) => isOpen(task));
  const inFlight = open.filter(({ task }) => task.claim).length;
  const ended = rows.length - open.length;
  const isOne = rows.length === 1;
  const action = isOne ? "Cancel this task" : `Cancel ${formatCount(open.length, "task")}`;

  /** Whether the task is cancelled now; false if it ended before. */
  async function cancel({ app_id, task }: CancelDialogProps["rows"][number], reason: string): Promise<boolean> {
    const params = { path: { app_id, task_id: task.id }, header: toReasonHeader(reason) };
    try {
      await client.api.DELETE("/api/v1/bridge/apps/{app_id}/tasks/{task_id}/", { params, parseAs: "text" });
      return true;
    } catch (error) {
      // Nothing is lost by it: a list that was read a while ago names tasks that have ended since.
      if (!isOne && isApiError(error) && error.status === 409) return false;
      throw error;
    }
  }

  return (
    <ConfirmDialog
      title={isOne ? "Cancel this task?" : `Cancel ${formatCount(open.length, "task")}?`}
      action={action}
      isDestructive
      isDisabled={open.length === 0}
      typed={open.length > TYPED_FROM ? "cancel" : undefined}
      hasReason
      onClose={onClose}
      onConfirm={async (reason) => {
        let cancelled = 0;
        try {
          for (const row of open) if (await cancel(row, reason)) cancelled++;
        } finally {
          await queryClient.invalidateQueries();
        }
        const late = open.length - cancelled;
        showToast(
          isOne
            ? "The task was cancelled."
            : `${formatCount(cancelled, "task")} cancelled${late > 0 ? `; ${formatNumber(late)} had ended before` : ""}.`,
        );
        onDone?.();
      }}
    >
      <p>
        {isOne
          ? "It ends as failed, and can't be started again; make"
          : "They end as failed, and can't be started again; make"}{" "}
        another one if it is needed after all.
      </p>
      {inFlight > 0 && (
        <p>
          {isOne ? "A runner has it in flight" : `Runners have ${formatNumber(inFlight)} of them in flight`} and may
          have done it already. The next sync shows what became of the account.
        </p>
      )}
      {ended > 0 && <p>{formatCount(ended, "selected task")} ended already and stay as they are.</p>}
    </ConfirmDialog>
  );
}
