import { type App, DEFAULT_GUARD, type RemovalGuard } from "@bridgekit/client";
import { useState } from "react";
import { keys } from "../api/queries.ts";
import { queryClient } from "../api/query-client.ts";
import { read, toReasonHeader } from "../api/read.ts";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { TextField } from "../components/field.tsx";
import { StateMark } from "../components/state-mark.tsx";
import { showToast } from "../components/toasts.tsx";
import { useSession } from "../session/session.ts";
import { GuardPreview } from "./guard-preview.tsx";

const MAX_COUNT = 2_147_483_647;

/** Changes the removal guard of an app, or switches it off, and shows what that would have held. */
export function GuardDialog({ app, onClose }: { app: App; onClose: () => void }) {
  const { client } = useSession();
  const [isOn, setIsOn] = useState(app.removal_guard !== null);
  const { max_share, min_count } = app.removal_guard ?? DEFAULT_GUARD;
  const [percent, setPercent] = useState(String(Number((max_share * 100).toFixed(4))));
  const [count, setCount] = useState(String(min_count));
  const guard = isOn ? toGuard(percent, count) : null;

  async function save(reason: string): Promise<void> {
    if (guard === undefined) return;
    const params = { path: { app_id: app.id }, header: toReasonHeader(reason) };
    await read(client.api.PATCH("/api/v1/bridge/apps/{app_id}/", { params, body: { removal_guard: guard } }));
    showToast(guard === null ? `The guard of ${app.name} is off.` : `The guard of ${app.name} is changed.`);
    await queryClient.invalidateQueries({ queryKey: keys.app(app.id) });
  }

  return (
    <ConfirmDialog
      title={`Removal guard of ${app.name}`}
      action={isOn ? "Save guard" : "Switch the guard off"}
      isDestructive={!isOn}
      isDisabled={guard === undefined || (guard === null && app.removal_guard === null)}
      hasReason
      onConfirm={save}
      onClose={onClose}
      fields={
        <>
          <label className="flex items-center gap-2 text-sm">
            <input
              type="checkbox"
              checked={isOn}
              onChange={(event) => setIsOn(event.target.checked)}
              className="size-3.5 accent-accent-solid"
            />
            The guard is on
          </label>
          {isOn && (
            <div className="grid gap-4 xs:grid-cols-2">
              <TextField
                label="Share, in percent"
                hint="More than this, or all"
                type="number"
                min={0}
                max={100}
                step="any"
                required
                value={percent}
                onChange={(event) => setPercent(event.target.value)}
              />
              <TextField
                label="At least"
                hint="Fewer are never held"
                type="number"
                min={1}
                max={MAX_COUNT}
                step={1}
                required
                value={count}
                onChange={(event) => setCount(event.target.value)}
              />
            </div>
          )}
          {guard === null && (
            <div role="alert" className="flex flex-col gap-1 rounded-md border border-line p-3 text-sm">
              <StateMark tone="amber" icon="warning">
                No sync is held any more
              </StateMark>
              <p className="text-soft">
                A complete sync then removes whatever it does not contain. If a connector reads only half of the
                accounts, the other half becomes inactive at once, and nobody is asked.
              </p>
            </div>
          )}
          {guard && <GuardPreview appId={app.id} guard={guard} onLeave={onClose} />}
        </>
      }
    >
      <p>A sync that would remove too much of the records of a type, or of the refs to one, waits for a decision.</p>
    </ConfirmDialog>
  );
}

/** Undefined if a value is not one that the Bridge takes. */
function toGuard(percent: string, count: string): RemovalGuard | undefined {
  const share = Number(percent) / 100;
  const least = Number(count);
  const isShare = percent !== "" && share >= 0 && share <= 1;
  if (!isShare || !Number.isInteger(least) || least < 1 || least > MAX_COUNT) return undefined;
  return { max_share: share, min_count: least };
}
