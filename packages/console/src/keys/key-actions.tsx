import type { Key } from "@bridgekit/client";
import { lazy, Suspense, useState } from "react";
import { queryClient } from "../api/query-client.ts";
import { Button } from "../components/button.tsx";
import { showToast } from "../components/toasts.tsx";
import { useNow } from "../components/use-now.ts";
import { useMayAdminister, useSession } from "../session/session.ts";

const ConfirmDialog = lazy(async () => ({ default: (await import("../components/confirm-dialog.tsx")).ConfirmDialog }));
const RotateKeyDialog = lazy(async () => ({ default: (await import("./rotate-key-dialog.tsx")).RotateKeyDialog }));

/** Gives a key a new secret, or ends its validity. */
export function KeyActions({ apiKey }: { apiKey: Key }) {
  const { id, name, revoked_at, expires_at, old_secret } = apiKey;
  const { client } = useSession();
  const mayAdminister = useMayAdminister();
  const now = useNow();
  const [asks, setAsks] = useState<"rotate" | "revoke">();
  if (revoked_at !== null || !mayAdminister) return null;
  const close = () => setAsks(undefined);
  const isExpired = expires_at !== null && new Date(expires_at).getTime() <= now;
  return (
    <span className="relative z-1 inline-flex gap-1 max-sm:flex-col max-sm:items-end">
      {!isExpired && old_secret === null && (
        <Button look="quiet" className="h-7" aria-label={`Rotate the key ${name}`} onClick={() => setAsks("rotate")}>
          Rotate…
        </Button>
      )}
      <Button look="quiet" className="h-7" aria-label={`Revoke the key ${name}`} onClick={() => setAsks("revoke")}>
        Revoke…
      </Button>
      <Suspense>
        {asks === "rotate" && <RotateKeyDialog apiKey={apiKey} onClose={close} />}
        {asks === "revoke" && (
          <ConfirmDialog
            title={`Revoke "${name}"?`}
            action="Revoke this key"
            isDestructive
            onClose={close}
            onConfirm={async () => {
              await client.revokeKey(id);
              showToast(`The key "${name}" is revoked.`);
              await queryClient.invalidateQueries({ queryKey: ["keys"] });
            }}
          >
            <p>Whatever uses it is refused from now on. This can't be undone; another key can be made.</p>
          </ConfirmDialog>
        )}
      </Suspense>
    </span>
  );
}
