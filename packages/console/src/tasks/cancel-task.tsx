import type { Task } from "@bridgekit/client";
import { lazy, Suspense, useState } from "react";
import { Button } from "../components/button.tsx";

const CancelDialog = lazy(async () => ({ default: (await import("./batch/cancel-dialog.tsx")).CancelDialog }));

export function CancelTask({ appId, task }: { appId: string; task: Task }) {
  const [isAsked, setIsAsked] = useState(false);
  return (
    <>
      <Button onClick={() => setIsAsked(true)}>Cancel task…</Button>
      {isAsked && (
        <Suspense>
          <CancelDialog rows={[{ app_id: appId, task }]} onClose={() => setIsAsked(false)} />
        </Suspense>
      )}
    </>
  );
}
