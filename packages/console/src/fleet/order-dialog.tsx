import { keys } from "../api/queries.ts";
import { queryClient } from "../api/query-client.ts";
import { read, toReasonHeader } from "../api/read.ts";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { formatCount } from "../components/format.ts";
import { showToast } from "../components/toasts.tsx";
import { useSession } from "../session/session.ts";
import { type FleetApp, type Order, ORDERS } from "./fleet-apps.ts";

/** As many as a call may have. */
const BATCH = 1000;

const EFFECTS: Record<Order, string> = {
  pause: "No more syncs and tasks of it begin until it is resumed. What runs now goes on.",
  resume: "It runs again as scheduled; a parked one is tried again.",
  run_now: "It is synced before those that are only due. One that runs already is left alone.",
};

interface OrderDialogProps {
  order: Order;
  apps: readonly FleetApp[];
  onClose: () => void;
  onDone: (() => void) | undefined;
}

/** Orders something of apps, with a reason. */
export function OrderDialog({ order, apps, onClose, onDone }: OrderDialogProps) {
  const { client } = useSession();
  const name = ORDERS.find((each) => each.order === order)!.name;
  const [only] = apps.length === 1 ? apps : [];
  const what = only?.name ?? formatCount(apps.length, "app");

  async function send(reason: string): Promise<void> {
    let ordered = 0;
    for (let start = 0; start < apps.length; start += BATCH) {
      const ids = apps.slice(start, start + BATCH).map(({ app_id }) => app_id);
      const params = { header: toReasonHeader(reason) };
      const body = { order, app_ids: ids };
      ordered += (await read(client.api.POST("/api/v1/bridge/runners/orders/", { params, body }))).app_ids.length;
    }
    showToast(`${name}: ordered of ${formatCount(ordered, "app")}. It is carried out within seconds.`);
    onDone?.();
    await queryClient.invalidateQueries({ queryKey: keys.overview });
  }

  return (
    <ConfirmDialog title={`${name}: ${what}?`} action={`${name}: ${what}`} hasReason onClose={onClose} onConfirm={send}>
      <p>{EFFECTS[order]}</p>
      <p>The order is carried out within seconds by what runs the app, or once that runs again.</p>
    </ConfirmDialog>
  );
}
