import { queryClient } from "../../api/query-client.ts";
import type { AppTask } from "../../api/queries.ts";
import { read } from "../../api/read.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { formatCount, formatNumber } from "../../components/format.ts";
import { showToast } from "../../components/toasts.tsx";
import { useSession } from "../../session/session.ts";
import { countMade, toTargets } from "./target.ts";
import { useBatch } from "./use-batch.ts";

const TYPED_FROM = 10;
const MOST = 1000;

interface CancelDialogProps {
  rows: readonly Pick<AppTask, "app_id" | "task">[];
  onClose: () => void;
  onDone?: () => void;
}

/** Cancels tasks that have not ended, those of an app in one step. */
export function CancelDialog({ rows, onClose, onDone }: CancelDialogProps) {
  const { client } = useSession();
  const { preview, error, carryOut } = useBatch("cancel", toTargets(rows, MOST), (target, { preview, header }) => {
    const params = { path: { app_id: target.appId }, header };
    const body = { task_ids: target.taskIds, limit: MOST, preview };
    return read(client.api.POST("/api/v1/bridge/apps/{app_id}/tasks/cancel/", { params, body }));
  });
  const count = preview === undefined ? rows.length : countMade(preview);
  const inFlight = preview?.items.filter(({ left }) => left !== undefined).length ?? 0;
  const ended = rows.length - count;
  const isOne = rows.length === 1;
  return (
    <ConfirmDialog
      title={isOne ? "Cancel this task?" : `Cancel ${formatCount(count, "task")}?`}
      action={isOne ? "Cancel this task" : `Cancel ${formatCount(count, "task")}`}
      isDestructive
      isDisabled={preview === undefined || count === 0}
      typed={count > TYPED_FROM ? "cancel" : undefined}
      hasReason
      onClose={onClose}
      onConfirm={async (reason) => {
        const cancelled = countMade(await carryOut(reason));
        const late = count - cancelled;
        showToast(
          isOne && late === 0
            ? "The task was cancelled."
            : `${formatCount(cancelled, "task")} cancelled${late > 0 ? `; ${formatNumber(late)} had ended before` : ""}.`,
        );
        onDone?.();
        await queryClient.invalidateQueries();
      }}
    >
      {error && <p className="text-red">What would be cancelled could not be read: {error.message}</p>}
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
      {ended > 0 && (
        <p>
          {isOne
            ? "It has ended already."
            : `${formatCount(ended, "selected task")} ended already and stay as they are.`}
        </p>
      )}
    </ConfirmDialog>
  );
}
