import { useState } from "react";
import { keys } from "../api/queries.ts";
import { queryClient } from "../api/query-client.ts";
import { read, toReasonHeader } from "../api/read.ts";
import { Button } from "../components/button.tsx";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { showToast } from "../components/toasts.tsx";
import { useSession } from "../session/session.ts";
import type { FleetWorker } from "./fleet-workers.ts";

/** Whether a drain would change anything of a worker. */
export function mayDrain({ known }: FleetWorker): boolean {
  return known !== undefined && known.takes_orders && known.state === "alive" && known.ordered === null;
}

/** Has a worker end what it runs, and exit, with a reason. */
export function DrainButton({ worker }: { worker: FleetWorker }) {
  const { client } = useSession();
  const [isAsking, setIsAsking] = useState(false);
  const { name, known } = worker;
  if (!mayDrain(worker) && !isAsking) return null;

  async function drain(reason: string): Promise<void> {
    const params = { header: toReasonHeader(reason) };
    const body = { order: "drain" as const, workers: [name] };
    const call = client.api.POST("/api/v1/bridge/runners/workers/orders/", { params, body });
    const { workers } = await read(call);
    showToast(workers.length > 0 ? `Drain: ordered of ${name}.` : `${name} takes no orders any more.`);
    await queryClient.invalidateQueries({ queryKey: keys.workers });
  }

  return (
    <>
      <Button look="quiet" className="h-7" aria-label={`Drain: ${name}`} onClick={() => setIsAsking(true)}>
        Drain…
      </Button>
      {isAsking && (
        <ConfirmDialog
          title="Drain this worker?"
          action="Drain it"
          hasReason
          onClose={() => setIsAsking(false)}
          onConfirm={drain}
        >
          <p>
            {name} takes no more runs, {known?.busy === 0 ? "" : "ends what it runs "}and exits. Other workers go on
            with its apps; if there are none, nothing runs until one starts.
          </p>
          <p>Whatever starts your workers, such as systemd or Kubernetes, may start a new one in its place.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
