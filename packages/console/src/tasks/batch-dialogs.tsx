import type { components, TaskErrorCode } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { keys } from "../api/queries.ts";
import { queryClient } from "../api/query-client.ts";
import { makeIdempotencyKey, read, toReasonHeader } from "../api/read.ts";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { TextField } from "../components/field.tsx";
import { formatCount, formatNumber } from "../components/format.ts";
import { showToast } from "../components/toasts.tsx";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";
import { actionLabel } from "./actions.ts";

type TaskBatch = components["schemas"]["TaskBatch"];

// From so many on, it has to be said in letters.
const TYPED_FROM = 10;
const SHOWN = 4;

interface RetryDialogProps {
  appId: string;
  /** Only tasks that failed with this code. */
  code: TaskErrorCode | undefined;
  onClose: () => void;
}

/** Makes new tasks of those that failed, at a pace; shows first what would be made. */
export function RetryDialog({ appId, code, onClose }: RetryDialogProps) {
  const { client } = useSession();
  const [pace, setPace] = useState("60");
  const filter = { limit: 1000, ...(code !== undefined && { code }) };
  const post = (preview: boolean, reason = "") => {
    const header = { "Idempotency-Key": makeIdempotencyKey(), ...toReasonHeader(reason) };
    const body = { ...filter, preview, ...(Number(pace) > 0 && { per_minute: Number(pace) }) };
    const params = { path: { app_id: appId }, header };
    return read(client.api.POST("/api/v1/bridge/apps/{app_id}/tasks/retry/", { params, body }));
  };
  const { data, error } = useQuery({ queryKey: ["retry", appId, code], queryFn: () => post(true), gcTime: 0 });
  const count = countMade(data);
  return (
    <ConfirmDialog
      title="Try failed tasks again?"
      action={data === undefined ? "Try again" : `Try ${formatNumber(count)} again`}
      isDisabled={count === 0}
      typed={count > TYPED_FROM ? "try again" : undefined}
      hasReason
      onClose={onClose}
      onConfirm={async (reason) => {
        const made = countMade(await post(false, reason));
        showToast(`${formatCount(made, "task")} made; the failed ones stay as they are.`);
        await queryClient.invalidateQueries();
      }}
    >
      {error && <p className="text-red">What would be made could not be read: {error.message}</p>}
      {data === undefined && !error && <p>Looking at the failed tasks…</p>}
      {data && (
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
      )}
      {data && <Left batch={data} />}
      <TextField
        label="At most so many a minute"
        type="number"
        min={1}
        max={6000}
        value={pace}
        onChange={(event) => setPace(event.target.value)}
        hint="All at once if left empty."
      />
    </ConfirmDialog>
  );
}

interface UndoDialogProps {
  appId: string;
  taskId: string;
  onClose: () => void;
}

/** Makes the inverse of a task that is done; shows first what it is, or why there is none. */
export function UndoDialog({ appId, taskId, onClose }: UndoDialogProps) {
  const { client } = useSession();
  const post = (preview: boolean, reason = "") => {
    const header = { "Idempotency-Key": makeIdempotencyKey(), ...toReasonHeader(reason) };
    const params = { path: { app_id: appId }, header };
    const body = { task_ids: [taskId], preview };
    return read(client.api.POST("/api/v1/bridge/apps/{app_id}/tasks/undo/", { params, body }));
  };
  const { data, error } = useQuery({ queryKey: ["undo", appId, taskId], queryFn: () => post(true), gcTime: 0 });
  const action = data?.items[0]?.action;
  return (
    <ConfirmDialog
      title="Undo this task?"
      action={action === undefined ? "Undo" : actionLabel(action)}
      isDisabled={action === undefined}
      hasReason
      onClose={onClose}
      onConfirm={async (reason) => {
        await post(false, reason);
        showToast("The inverse task was made.");
        await queryClient.invalidateQueries({ queryKey: keys.app(appId) });
      }}
    >
      {error && <p className="text-red">What undoing would do could not be read: {error.message}</p>}
      {data === undefined && !error && <p>Looking at the task…</p>}
      {action !== undefined && (
        <p>A new task is made: {actionLabel(action)}. A runner carries it out like any other.</p>
      )}
      {data && <Left batch={data} />}
    </ConfirmDialog>
  );
}

/** What is not done, and why. */
function Left({ batch: { items } }: { batch: TaskBatch }) {
  const reasons = items.flatMap(({ task_id, reason, left }) => {
    const text = reason ?? left;
    return text === undefined ? [] : [{ task_id, text }];
  });
  if (reasons.length === 0) return null;
  return (
    <ul className="list-inside list-disc">
      {reasons.slice(0, SHOWN).map(({ task_id, text }) => (
        <li key={task_id}>
          <Text>{text}</Text>
        </li>
      ))}
      {reasons.length > SHOWN && <li>and {formatNumber(reasons.length - SHOWN)} more</li>}
    </ul>
  );
}

function countMade(batch: TaskBatch | undefined): number {
  return batch?.items.filter(({ action }) => action !== undefined).length ?? 0;
}
