import type { Key } from "@bridgekit/client";
import { Suspense, useState } from "react";
import { queryClient } from "../api/query-client.ts";
import { toReasonHeader } from "../api/read.ts";
import { Button } from "../components/button.tsx";
import { Moment } from "../components/moment.tsx";
import { showToast } from "../components/toasts.tsx";
import { useNow } from "../components/use-now.ts";
import { useMayAdminister, useSession } from "../session/session.ts";
import { lazyPart } from "../lazy.ts";

const ConfirmDialog = lazyPart(() => import("../components/confirm-dialog.tsx"), "ConfirmDialog");
const RotateKeyDialog = lazyPart(() => import("./rotate-key-dialog.tsx"), "RotateKeyDialog");

/** Gives a key a new secret, or ends its validity. */
export function KeyActions({ apiKey }: { apiKey: Key }) {
  const { id, name, revoked_at, expires_at, old_secret } = apiKey;
  const { client } = useSession();
  const mayAdminister = useMayAdminister();
  const now = useNow();
  const [asks, setAsks] = useState<"rotate" | "end" | "revoke">();
  if (revoked_at !== null || !mayAdminister) return null;
  const toParams = (reason: string) => ({ path: { key_id: id }, header: toReasonHeader(reason) });
  const close = () => setAsks(undefined);
  const isExpired = expires_at !== null && new Date(expires_at).getTime() <= now;
  return (
    <span className="relative z-1 inline-flex gap-1 max-sm:flex-col max-sm:items-end">
      {!isExpired && old_secret === null && (
        <Button look="quiet" className="h-7" aria-label={`Rotate the key ${name}`} onClick={() => setAsks("rotate")}>
          Rotate…
        </Button>
      )}
      {!isExpired && old_secret !== null && (
        <Button
          look="quiet"
          className="h-7"
          aria-label={`End the old secret of the key ${name}`}
          onClick={() => setAsks("end")}
        >
          End old secret…
        </Button>
      )}
      <Button look="quiet" className="h-7" aria-label={`Revoke the key ${name}`} onClick={() => setAsks("revoke")}>
        Revoke…
      </Button>
      <Suspense>
        {asks === "rotate" && <RotateKeyDialog apiKey={apiKey} onClose={close} />}
        {asks === "end" && (
          <ConfirmDialog
            title={`End the old secret of "${name}"?`}
            action="End the old secret"
            isDestructive
            hasReason
            onClose={close}
            onConfirm={async (reason) => {
              const params = toParams(reason);
              await client.api.DELETE("/api/v1/bridge/keys/{key_id}/old-secret/", { params, parseAs: "text" });
              showToast(`The old secret of "${name}" has ended.`);
              await queryClient.invalidateQueries({ queryKey: ["keys"] });
            }}
          >
            <p>
              Whatever still uses it is refused from now on; the new secret goes on. This can't be undone.{" "}
              {typeof old_secret?.last_used_at === "string" && (
                <>
                  The old one was last used <Moment at={old_secret.last_used_at} />.
                </>
              )}
            </p>
          </ConfirmDialog>
        )}
        {asks === "revoke" && (
          <ConfirmDialog
            title={`Revoke "${name}"?`}
            action="Revoke this key"
            isDestructive
            hasReason
            onClose={close}
            onConfirm={async (reason) => {
              const params = toParams(reason);
              await client.api.DELETE("/api/v1/bridge/keys/{key_id}/", { params, parseAs: "text" });
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
