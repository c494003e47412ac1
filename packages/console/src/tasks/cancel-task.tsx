import type { Task } from "@bridgekit/client";
import { Suspense, useState } from "react";
import { Button } from "../components/button.tsx";
import { lazyPart } from "../lazy.ts";

const CancelDialog = lazyPart(() => import("./batch/cancel-dialog.tsx"), "CancelDialog");

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
