import type { SyncSession } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { appQuery, keys } from "../api/queries.ts";
import { queryClient } from "../api/query-client.ts";
import { Button } from "../components/button.tsx";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { formatNumber } from "../components/format.ts";
import { showToast } from "../components/toasts.tsx";
import { useSession } from "../session/session.ts";
import { isHeld } from "./sync-state-mark.tsx";

// From so many on, the name of the app has to be typed.
const TYPED_FROM = 10;

/** Confirm or discard a sync that is held, or whose reconciliation failed. */
export function HeldActions({ appId, sync }: { appId: string; sync: SyncSession }) {
  const { client } = useSession();
  const { data: app } = useQuery(appQuery(useSession(), appId));
  const [asks, setAsks] = useState<"confirm" | "discard">();
  const losses = sync.error?.losses ?? [];
  const lost = losses.reduce((sum, loss) => sum + loss.lost, 0);
  const removed = losses.filter(({ of }) => of === "records").reduce((sum, loss) => sum + loss.lost, 0);
  const action = describeConfirm(sync, removed, lost);
  const close = () => setAsks(undefined);
  const refresh = () =>
    Promise.all([keys.app(appId), keys.overview].map((queryKey) => queryClient.invalidateQueries({ queryKey })));

  return (
    <>
      <Button onClick={() => setAsks("discard")}>Discard this sync</Button>
      <Button look={isHeld(sync) ? "danger" : "primary"} onClick={() => setAsks("confirm")}>
        {action}…
      </Button>
      {asks === "discard" && (
        <ConfirmDialog
          title="Discard this sync?"
          action="Discard this sync"
          onClose={close}
          onConfirm={async () => {
            await client.discardSync(appId, sync.sync_id);
            showToast("The sync was discarded. Everything that was live stays live.");
            await refresh();
          }}
        >
          <p>Nothing of it is applied, and everybody keeps what they have. The next sync reads everything again.</p>
        </ConfirmDialog>
      )}
      {asks === "confirm" && (
        <ConfirmDialog
          title={isHeld(sync) ? `${action} from ${app?.name ?? "the app"}?` : "Try to apply this sync again?"}
          action={action}
          isDestructive={isHeld(sync)}
          typed={lost > TYPED_FROM ? app?.name : undefined}
          onClose={close}
          onConfirm={async () => {
            await client.confirmSync(appId, sync.sync_id);
            showToast("Confirmed. The sync is being applied; this page shows when it is done.");
            await refresh();
          }}
        >
          {isHeld(sync) ? (
            <>
              {losses.map(({ slug, of, lost: count, live }) => (
                <p key={`${slug} ${of}`}>
                  {of === "records"
                    ? `${formatNumber(count)} of ${formatNumber(live)} ${slug} records become inactive.`
                    : `${formatNumber(count)} of ${formatNumber(live)} ${slug} refs are taken from accounts that stay.`}
                </p>
              ))}
              <p>
                In the Bridge this can't be undone by hand: a record comes back when a sync finds it again. In the
                system itself nothing is changed.
              </p>
            </>
          ) : (
            <p>The Bridge tries once more to apply what was read. Nothing was applied so far.</p>
          )}
        </ConfirmDialog>
      )}
    </>
  );
}

function describeConfirm(sync: SyncSession, removed: number, lost: number): string {
  if (!isHeld(sync)) return "Try again";
  return removed > 0 ? `Remove ${formatNumber(removed)}` : `Take away ${formatNumber(lost)}`;
}
