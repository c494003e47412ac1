import type { SignInLink, SignInLinkCreate } from "@bridgekit/client";
import { useState } from "react";
import { read, toReasonHeader } from "../api/read.ts";
import { useRequestKey } from "../api/use-request-key.ts";
import { BASE } from "../base.ts";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { TextField } from "../components/field.tsx";
import { formatExact } from "../components/format.ts";
import { SecretDialog } from "../components/secret-dialog.tsx";
import { RoleChoice } from "../keys/role-choice.tsx";
import { useSession } from "../session/session.ts";

type Role = SignInLinkCreate["role"];

const ROLES = ["auditor", "operator", "admin"] as const;

/** Makes a link that signs somebody in once, and shows it this once. */
export function NewLinkDialog({ onClose }: { onClose: () => void }) {
  const { client } = useSession();
  const keyOf = useRequestKey();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("auditor");
  const [link, setLink] = useState<SignInLink>();

  async function create(reason: string): Promise<void> {
    const body = { name: name.trim(), role };
    const header = { "Idempotency-Key": keyOf(body), ...toReasonHeader(reason) };
    setLink(await read(client.api.POST("/api/v1/bridge/sign-in-links/", { params: { header }, body })));
  }

  if (link !== undefined)
    return (
      <SecretDialog
        title={`A link for ${name.trim()}`}
        secret={new URL(`sign-in/link?token=${link.token}`, BASE).href}
        name="the link"
        onClose={onClose}
      >
        Copy it now: it is never shown again. It works once, until {formatExact(link.expires_at)}, for whoever opens it
        first.
      </SecretDialog>
    );
  return (
    <ConfirmDialog
      title="New sign-in link"
      action="Make link"
      isDisabled={name.trim() === ""}
      hasReason
      staysOpen
      onClose={onClose}
      onConfirm={create}
      fields={
        <>
          <TextField
            label="Name"
            hint="Whom the audit trail names."
            placeholder="Ida Roth"
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={255}
            autoComplete="off"
          />
          <RoleChoice roles={ROLES} value={role} onChange={setRole} />
        </>
      }
    >
      <p>Signs one person in to this console without an identity provider, once, within 10 minutes.</p>
    </ConfirmDialog>
  );
}
