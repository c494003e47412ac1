import type { KeyCreate, KeyCreated } from "@bridgekit/client";
import { useId, useState } from "react";
import { queryClient } from "../api/query-client.ts";
import { read, toReasonHeader } from "../api/read.ts";
import { useRequestKey } from "../api/use-request-key.ts";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { inputClass, TextField } from "../components/field.tsx";
import { useSession } from "../session/session.ts";
import { KeySecretDialog } from "./key-secret-dialog.tsx";
import { RoleChoice } from "./role-choice.tsx";

const ROLES = ["connector", "auditor", "operator", "admin"] as const;

const EXPIRIES = [
  { days: 7, label: "after 7 days" },
  { days: 30, label: "after 30 days" },
  { days: 90, label: "after 90 days" },
  { days: null, label: "never" },
] as const;

/** Makes a key and shows its secret this once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const { client } = useSession();
  const id = useId();
  const keyOf = useRequestKey();
  const [name, setName] = useState("");
  const [role, setRole] = useState<KeyCreate["role"]>("connector");
  const [days, setDays] = useState<(typeof EXPIRIES)[number]["days"]>(90);
  const [created, setCreated] = useState<KeyCreated>();

  async function create(reason: string): Promise<void> {
    const body = { name: name.trim(), role, expires_in_days: days };
    const params = { header: { "Idempotency-Key": keyOf(body), ...toReasonHeader(reason) } };
    setCreated(await read(client.api.POST("/api/v1/bridge/keys/", { params, body })));
    await queryClient.invalidateQueries({ queryKey: ["keys"] });
  }

  if (created !== undefined) return <KeySecretDialog created={created} onClose={onClose} />;
  return (
    <ConfirmDialog
      title="New key"
      action="Make key"
      isDisabled={name.trim() === ""}
      hasReason
      staysOpen
      onClose={onClose}
      onConfirm={create}
      fields={
        <>
          <TextField
            label="Name"
            placeholder="HR connector"
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={255}
            autoComplete="off"
          />
          <RoleChoice roles={ROLES} value={role} onChange={setRole} />
          <div className="flex flex-col gap-1 text-sm">
            <label htmlFor={id} className="font-medium">
              Expires
            </label>
            <select
              id={id}
              value={String(days)}
              onChange={({ target }) => setDays(EXPIRIES.find((each) => String(each.days) === target.value)!.days)}
              className={inputClass}
            >
              {EXPIRIES.map((each) => (
                <option key={each.label} value={String(each.days)}>
                  {each.label}
                </option>
              ))}
            </select>
          </div>
        </>
      }
    />
  );
}
