import type { User } from "@bridgekit/client";
import { Suspense, useState } from "react";
import { queryClient } from "../api/query-client.ts";
import { toReasonHeader } from "../api/read.ts";
import { Button } from "../components/button.tsx";
import { showToast } from "../components/toasts.tsx";
import { useMayAdminister, useSession } from "../session/session.ts";
import { lazyPart } from "../lazy.ts";

const ConfirmDialog = lazyPart(() => import("../components/confirm-dialog.tsx"), "ConfirmDialog");

/** Disables, enables or deletes somebody who signs in. */
export function UserActions({ user: { id, name, disabled_at } }: { user: User }) {
  const { client } = useSession();
  const mayAdminister = useMayAdminister();
  const [asks, setAsks] = useState<"toggle" | "delete">();
  if (!mayAdminister) return null;
  const isDisabled = disabled_at !== null;
  const verb = isDisabled ? "Enable" : "Disable";
  const toParams = (reason: string) => ({ path: { user_id: id }, header: toReasonHeader(reason) });

  async function toggle(reason: string): Promise<void> {
    const body = { is_disabled: !isDisabled };
    await client.api.PATCH("/api/v1/bridge/users/{user_id}/", { params: toParams(reason), body });
    showToast(isDisabled ? `${name} is enabled.` : `${name} is disabled.`);
    await queryClient.invalidateQueries({ queryKey: ["users"] });
  }

  async function remove(reason: string): Promise<void> {
    await client.api.DELETE("/api/v1/bridge/users/{user_id}/", { params: toParams(reason), parseAs: "text" });
    showToast(`${name} is deleted.`);
    await queryClient.invalidateQueries({ queryKey: ["users"] });
  }

  return (
    <span className="relative z-1 inline-flex gap-1 max-sm:flex-col max-sm:items-end">
      <Button look="quiet" className="h-7" aria-label={`${verb} ${name}`} onClick={() => setAsks("toggle")}>
        {verb}…
      </Button>
      <Button look="quiet" className="h-7" aria-label={`Delete ${name}`} onClick={() => setAsks("delete")}>
        Delete…
      </Button>
      <Suspense>
        {asks === "toggle" && (
          <ConfirmDialog
            title={`${verb} ${name}?`}
            action={`${verb} ${name}`}
            isDestructive={!isDisabled}
            hasReason
            onClose={() => setAsks(undefined)}
            onConfirm={toggle}
          >
            <p>
              {isDisabled
                ? "They may sign in again, if the identity provider lets them."
                : "They are signed out at once and may not sign in, whatever the identity provider says, until they are enabled."}
            </p>
          </ConfirmDialog>
        )}
        {asks === "delete" && (
          <ConfirmDialog
            title={`Delete ${name}?`}
            action={`Delete ${name}`}
            isDestructive
            hasReason
            onClose={() => setAsks(undefined)}
            onConfirm={remove}
          >
            <p>
              They are signed out, and what is stored about them is deleted. This can't be undone. The audit trail keeps
              their name.
            </p>
            <p>
              If the identity provider still gives them a role, they may sign in again; disable them to prevent that.
            </p>
          </ConfirmDialog>
        )}
      </Suspense>
    </span>
  );
}
