import { Suspense, useState } from "react";
import type { AppTask } from "../../api/queries.ts";
import { Button } from "../../components/button.tsx";
import { formatNumber } from "../../components/format.ts";
import type { Selection } from "../../components/selection.tsx";
import { isCancelled } from "../task-state-mark.tsx";
import { isOpen } from "./is-open.ts";
import { toTargets } from "./target.ts";
import { lazyPart } from "../../lazy.ts";

const CancelDialog = lazyPart(() => import("./cancel-dialog.tsx"), "CancelDialog");
const RetryDialog = lazyPart(() => import("./retry-dialog.tsx"), "RetryDialog");
const UndoDialog = lazyPart(() => import("./undo-dialog.tsx"), "UndoDialog");

const MOST_RETRIED = 1000;
const MOST_UNDONE = 100;

/** What can be done with the tasks that are selected. */
export function SelectionBar({ selection: { rows, clear } }: { selection: Selection<AppTask> }) {
  const [asks, setAsks] = useState<"cancel" | "retry" | "undo">();
  const open = rows.filter(({ task }) => isOpen(task));
  const failed = rows.filter(({ task }) => task.status === "failed" && !isCancelled(task));
  const done = rows.filter(({ task }) => task.status === "completed");
  const close = () => setAsks(undefined);
  return (
    <>
      {rows.length > 0 && (
        <div
          role="toolbar"
          aria-label="Selected tasks"
          className="sticky bottom-18 z-5 mx-auto flex max-w-full flex-wrap items-center gap-2 rounded-md border border-line bg-raised p-2 pl-4 text-sm shadow-float xs:bottom-4"
        >
          <span role="status" className="pr-2 font-medium">
            {formatNumber(rows.length)} selected
          </span>
          {open.length > 0 && <Button onClick={() => setAsks("cancel")}>Cancel {formatNumber(open.length)}…</Button>}
          {failed.length > 0 && (
            <Button onClick={() => setAsks("retry")}>Try {formatNumber(failed.length)} again…</Button>
          )}
          {done.length > 0 && <Button onClick={() => setAsks("undo")}>Undo {formatNumber(done.length)}…</Button>}
          <Button look="quiet" onClick={clear}>
            Clear
          </Button>
        </div>
      )}
      <Suspense>
        {asks === "cancel" && <CancelDialog rows={open} onClose={close} onDone={clear} />}
        {asks === "retry" && <RetryDialog targets={toTargets(failed, MOST_RETRIED)} onClose={close} onDone={clear} />}
        {asks === "undo" && <UndoDialog targets={toTargets(done, MOST_UNDONE)} onClose={close} onDone={clear} />}
      </Suspense>
    </>
  );
}
