import type { Task } from "@bridgekit/client";
import { useState } from "react";
import { keys } from "../api/queries.ts";
import { queryClient } from "../api/query-client.ts";
import { Button } from "../components/button.tsx";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { showToast } from "../components/toasts.tsx";
import { useSession } from "../session/session.ts";

export function CancelTask({ appId, task }: { appId: string; task: Task }) {
  const { client } = useSession();
  const [isAsked, setIsAsked] = useState(false);
  return (
    <>
      <Button onClick={() => setIsAsked(true)}>Cancel task…</Button>
      {isAsked && (
        <ConfirmDialog
          title="Cancel this task?"
          action="Cancel this task"
          isDestructive
          onClose={() => setIsAsked(false)}
          onConfirm={async () => {
            await client.cancelTask(appId, task.id);
            showToast("The task was cancelled.");
            await queryClient.invalidateQueries({ queryKey: keys.app(appId) });
          }}
        >
          <p>It ends as failed, and can't be started again; make another one if it is needed after all.</p>
          {task.claim && (
            <p>
              A runner has it in flight and may have done it already. The next sync shows what became of the account.
            </p>
          )}
        </ConfirmDialog>
      )}
    </>
  );
}
