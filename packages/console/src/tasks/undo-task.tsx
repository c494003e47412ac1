import { Suspense, useState } from "react";
import { Button } from "../components/button.tsx";
import { lazyPart } from "../lazy.ts";

const UndoDialog = lazyPart(() => import("./batch/undo-dialog.tsx"), "UndoDialog");

export function UndoTask({ appId, taskId }: { appId: string; taskId: string }) {
  const [isAsked, setIsAsked] = useState(false);
  return (
    <>
      <Button onClick={() => setIsAsked(true)}>Undo…</Button>
      {isAsked && (
        <Suspense>
          <UndoDialog targets={[{ appId, taskIds: [taskId] }]} onClose={() => setIsAsked(false)} />
        </Suspense>
      )}
    </>
  );
}
