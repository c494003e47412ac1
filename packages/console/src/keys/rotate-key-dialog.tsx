import type { Key, KeyCreated } from "@bridgekit/client";
import { useId, useState } from "react";
import { queryClient } from "../api/query-client.ts";
import { read, toReasonHeader } from "../api/read.ts";
import { useRequestKey } from "../api/use-request-key.ts";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { inputClass } from "../components/field.tsx";
import { useSession } from "../session/session.ts";
import { KeySecretDialog } from "./key-secret-dialog.tsx";

/** Gives a key a new secret and shows it this once. */
export function RotateKeyDialog({ apiKey: { id, name }, onClose }: { apiKey: Key; onClose: () => void }) {
  const { client } = useSession();
  const fieldId = useId();
  const keyOf = useRequestKey();
  const [hours, setHours] = useState(24);
  const [rotated, setRotated] = useState<KeyCreated>();

  async function rotate(reason: string): Promise<void> {
    const body = { overlap_hours: hours };
    const header = { "Idempotency-Key": keyOf(body), ...toReasonHeader(reason) };
    const params = { path: { key_id: id }, header };
    setRotated(await read(client.api.POST("/api/v1/bridge/keys/{key_id}/rotate/", { params, body })));
  }

  if (rotated !== undefined) {
    const close = () => {
      onClose();
      void queryClient.invalidateQueries({ queryKey: ["keys"] });
    };
    return <KeySecretDialog created={rotated} onClose={close} />;
  }
  return (
    <ConfirmDialog
      title={`Rotate "${name}"?`}
      action="Rotate this key"
      isDestructive={hours === 0}
      hasReason
      staysOpen
      onClose={onClose}
      onConfirm={rotate}
      fields={
        <div className="flex flex-col gap-1 text-sm">
          <label htmlFor={fieldId} className="font-medium">
            The old secret ends
          </label>
          <select
            id={fieldId}
            value={hours}
            onChange={(event) => setHours(Number(event.target.value))}
            className={inputClass}
          >
            <option value={0}>at once</option>
            <option value={24}>after 24 hours</option>
            <option value={168}>after 7 days</option>
            <option value={720}>after 30 days</option>
          </select>
        </div>
      }
    >
      <p>The key gets a new secret. Its role, apps and expiry stay the same.</p>
      {hours === 0 && <p>Whatever uses the old secret is refused from now on.</p>}
    </ConfirmDialog>
  );
}
