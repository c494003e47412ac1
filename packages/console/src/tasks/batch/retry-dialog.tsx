import type { TaskAction, TaskErrorCode } from "@bridgekit/client";
import { useState } from "react";
import { queryClient } from "../../api/query-client.ts";
import { read } from "../../api/read.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { TextField } from "../../components/field.tsx";
import { formatCount, formatNumber } from "../../components/format.ts";
import { showToast } from "../../components/toasts.tsx";
import { useSession } from "../../session/session.ts";
import { BatchPreview } from "./batch-preview.tsx";
import { TasksLink } from "./tasks-link.tsx";
import { countMade, type Target } from "./target.ts";
import { useBatch } from "./use-batch.ts";

// From so many on, it has to be said in letters.
const TYPED_FROM = 10;
const MOST = 1000;

interface RetryDialogProps {
  /** All failed tasks of an app, or these. */
  targets: readonly (Pick<Target, "appId"> & Partial<Target>)[];
  /** Only tasks that failed with this code. */
  code?: TaskErrorCode | undefined;
  /** Only tasks with this action. */
  action?: TaskAction | undefined;
  onClose: () => void;
  onDone?: () => void;
}

/** Makes new tasks of those that failed, at a pace; shows first what would be made. */
export function RetryDialog({ targets, code, action, onClose, onDone }: RetryDialogProps) {
  const { client } = useSession();
  const [pace, setPace] = useState("60");
  const { preview, error, carryOut } = useBatch(
    `retry ${code ?? ""} ${action ?? ""}`,
    targets,
    (target, { preview, header }) => {
      const params = { path: { app_id: target.appId }, header };
      const body = {
        limit: MOST,
        preview,
        ...(target.taskIds && { task_ids: target.taskIds }),
        ...(code !== undefined && { code }),
        ...(action !== undefined && { action }),
        ...(Number(pace) > 0 && { per_minute: Number(pace) }),
      };
      return read(client.api.POST("/api/v1/bridge/apps/{app_id}/tasks/retry/", { params, body }));
    },
  );
  const count = countMade(preview);
  const asked = targets.reduce((sum, { taskIds = [] }) => sum + taskIds.length, 0);
  const passed = preview === undefined ? 0 : asked - preview.items.length;
  return (
    <ConfirmDialog
      title="Try failed tasks again?"
      action={preview === undefined ? "Try again" : `Try ${formatNumber(count)} again`}
      isDisabled={count === 0}
      typed={count > TYPED_FROM ? "try again" : undefined}
      hasReason
      onClose={onClose}
      onConfirm={async (reason) => {
        const made = countMade(await carryOut(reason, pace));
        showToast(
          <>
            {formatCount(made, "task")} made; the failed ones stay as they are. <TasksLink targets={targets} />
          </>,
        );
        onDone?.();
        await queryClient.invalidateQueries();
      }}
      fields={
        <TextField
          label="At most so many a minute"
          type="number"
          min={1}
          max={6000}
          value={pace}
          onChange={(event) => setPace(event.target.value)}
          hint="All at once if left empty."
        />
      }
    >
      {error && <p className="text-red">What would be made could not be read: {error.message}</p>}
      {preview === undefined && !error && <p>Looking at the failed tasks…</p>}
      {preview && (
        <>
          <p>
            A new task is made for each of {formatCount(count, "failed task")}
            {code !== undefined && (
              <>
                {" "}
                with <code className="text-xs">{code}</code>
              </>
            )}
            .
          </p>
          <BatchPreview batch={preview} />
          {passed > 0 && (
            <p>{formatCount(passed, "selected task")} did not fail, was cancelled or was tried again before.</p>
          )}
        </>
      )}
    </ConfirmDialog>
  );
}
