import type { Key } from "@bridgekit/client";
import { lazy, Suspense, useState } from "react";
import { queryClient } from "../api/query-client.ts";
import { Button } from "../components/button.tsx";
import { showToast } from "../components/toasts.tsx";
import { useMayAdminister, useSession } from "../session/session.ts";

const ConfirmDialog = lazy(async () => ({ default: (await import("../components/confirm-dialog.tsx")).ConfirmDialog }));

/** Ends the validity of a key. */
export function KeyActions({ apiKey: { id, name, revoked_at } }: { apiKey: Key }) {
  const { client } = useSession();
  const [isAsked, setIsAsked] = useState(false);
  const mayAdminister = useMayAdminister();
  if (revoked_at !== null || !mayAdminister) return null;
  return (
    <>
      <Button
        look="quiet"
        className="relative z-1 h-7"
        aria-label={`Revoke the key ${name}`}
        onClick={() => setIsAsked(true)}
      >
        Revoke…
      </Button>
      {isAsked && (
        <Suspense>
          <ConfirmDialog
            title={`Revoke "${name}"?`}
            action="Revoke this key"
            isDestructive
            onClose={() => setIsAsked(false)}
            onConfirm={async () => {
              await client.revokeKey(id);
              showToast(`The key "${name}" is revoked.`);
              await queryClient.invalidateQueries({ queryKey: ["keys"] });
            }}
          >
            <p>Whatever uses it is refused from now on. This can't be undone; another key can be made.</p>
          </ConfirmDialog>
        </Suspense>
      )}
    </>
  );
}
