import type { SyncSession } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { appQuery, keys } from "../api/queries.ts";
import { queryClient } from "../api/query-client.ts";
import { read, toReasonHeader } from "../api/read.ts";
import { Button } from "../components/button.tsx";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { formatCount, formatNumber } from "../components/format.ts";
import { showToast } from "../components/toasts.tsx";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";
import type { Keep } from "./keep.ts";
import { isHeld } from "./sync-state-mark.tsx";

// From so many on, the name of the app has to be typed.
const TYPED_FROM = 10;
/** Of the records that are kept. */
const NAMED = 20;

interface HeldActionsProps {
  appId: string;
  sync: SyncSession;
  kept: Keep["kept"];
}

/** Confirm all, confirm all but some, or discard a sync that is held or whose reconciliation failed. */
export function HeldActions({ appId, sync, kept }: HeldActionsProps) {
  const { client } = useSession();
  const { data: app } = useQuery(appQuery(useSession(), appId));
  const [asks, setAsks] = useState<"confirm" | "discard">();
  const losses = sync.error?.losses ?? [];
  const lost = losses.reduce((sum, loss) => sum + loss.lost, 0);
  const action = describeConfirm(sync, kept);
  const close = () => setAsks(undefined);
  const params = { path: { app_id: appId, sync_id: sync.sync_id } };
  const refresh = () =>
    Promise.all([keys.app(appId), keys.overview].map((queryKey) => queryClient.invalidateQueries({ queryKey })));

  async function confirm(reason: string): Promise<void> {
    const keep = [...kept.values()].map(({ slug, id }) => ({ slug, id }));
    await read(
      client.api.POST("/api/v1/bridge/apps/{app_id}/sync/{sync_id}/confirm/", {
        params: { ...params, header: toReasonHeader(reason) },
        ...(keep.length > 0 && { body: { keep } }),
      }),
    );
    showToast("Confirmed. The sync is being applied; this page shows when it is done.");
    await refresh();
  }

  async function discard(reason: string): Promise<void> {
    await client.api.POST("/api/v1/bridge/apps/{app_id}/sync/{sync_id}/discard/", {
      params: { ...params, header: toReasonHeader(reason) },
      parseAs: "text",
    });
    showToast("The sync was discarded. Everything that was live stays live.");
    await refresh();
  }

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
          hasReason
          onClose={close}
          onConfirm={discard}
        >
          <p>It is not applied, and everybody keeps what they have. The next sync reads everything again.</p>
        </ConfirmDialog>
      )}
      {asks === "confirm" && (
        <ConfirmDialog
          title={isHeld(sync) ? `${action}: ${app?.name ?? "the app"}?` : "Try to apply this sync again?"}
          action={action}
          isDestructive={isHeld(sync)}
          hasReason
          typed={lost > TYPED_FROM ? app?.name : undefined}
          onClose={close}
          onConfirm={confirm}
        >
          {isHeld(sync) ? (
            <>
              {losses.map(({ slug, of, lost: count, live }) => (
                <p key={`${slug} ${of}`}>
                  {of === "records"
                    ? `${formatNumber(count)} of ${formatNumber(live)} ${slug} records become inactive`
                    : `${formatNumber(count)} of ${formatNumber(live)} ${slug} refs are taken from accounts that stay`}
                  {kept.size > 0 ? ", but those that you keep." : "."}
                </p>
              ))}
              {kept.size > 0 && <KeptRecords kept={kept} />}
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

/** By name, as they were chosen on several pages. */
function KeptRecords({ kept }: Pick<HeldActionsProps, "kept">) {
  const more = kept.size - NAMED;
  return (
    <>
      <p>You keep {formatCount(kept.size, "record")}, until the next sync judges them again:</p>
      <ul aria-label="Records that you keep" className="max-h-40 overflow-y-auto">
        {[...kept].slice(0, NAMED).map(([key, { name, id }]) => (
          <li key={key} className="truncate">
            <Text className="text-text">{name}</Text> {name !== id && <Text className="text-faint">{id}</Text>}
          </li>
        ))}
        {more > 0 && <li>and {formatNumber(more)} more</li>}
      </ul>
    </>
  );
}

/** `Remove 339, keep 1`. */
function describeConfirm(sync: SyncSession, kept: Keep["kept"]): string {
  if (!isHeld(sync)) return "Try again";
  const losses = sync.error?.losses ?? [];
  const sumOf = (of: "records" | "refs") =>
    losses.filter((loss) => loss.of === of).reduce((sum, loss) => sum + loss.lost, 0);
  const keptRemovals = [...kept.values()].filter(
    ({ slug, change }) => change === "removed" && losses.some((loss) => loss.of === "records" && loss.slug === slug),
  ).length;
  const removed = sumOf("records");
  const what =
    removed > 0 ? `Remove ${formatNumber(removed - keptRemovals)}` : `Take away ${formatNumber(sumOf("refs"))}`;
  return kept.size > 0 ? `${what}, keep ${formatNumber(kept.size)}` : what;
}
