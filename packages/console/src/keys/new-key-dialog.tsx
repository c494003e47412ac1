import { Dialog } from "@base-ui/react/dialog";
import { isApiError, type KeyCreate } from "@bridgekit/client";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { queryClient } from "../api/query-client.ts";
import { read, toReasonHeader } from "../api/read.ts";
import { useRequestKey } from "../api/use-request-key.ts";
import { Button } from "../components/button.tsx";
import { inputClass, TextField } from "../components/field.tsx";
import { ReasonField } from "../components/reason-field.tsx";
import { useSession } from "../session/session.ts";
import { KeySecretDialog } from "./key-secret-dialog.tsx";
import { RoleChoice, type RoleOption } from "./role-choice.tsx";

const ROLES: readonly RoleOption<KeyCreate["role"]>[] = [
  { role: "connector", can: "feeds apps and carries out their tasks" },
  { role: "auditor", can: "reads everything, changes nothing" },
  { role: "operator", can: "does everything but keys, people and guards" },
  { role: "admin", can: "does everything" },
];

/** Makes a key and shows its secret this once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const { client } = useSession();
  const id = useId();
  const keyOf = useRequestKey();
  const [reason, setReason] = useState("");
  const [role, setRole] = useState<KeyCreate["role"]>("connector");
  const create = useMutation({
    mutationFn: (body: KeyCreate) => {
      const params = { header: { "Idempotency-Key": keyOf(body), ...toReasonHeader(reason.trim()) } };
      return read(client.api.POST("/api/v1/bridge/keys/", { params, body }));
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["keys"] }),
    // The secret is nowhere once the dialog is closed.
    gcTime: 0,
  });

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const days = Number(values.get("days"));
    create.mutate({
      name: values.get("name") as string,
      role,
      expires_in_days: days === 7 || days === 30 || days === 90 ? days : null,
    });
  }

  if (create.data) return <KeySecretDialog created={create.data} onClose={onClose} />;
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-40 w-110 max-w-[calc(100vw-2rem)] -translate-1/2 rounded-md border border-line bg-raised p-5 shadow-float">
          <Dialog.Title className="pb-3 text-lg font-semibold">New key</Dialog.Title>
          <form onSubmit={submit} className="flex flex-col gap-4">
            <TextField label="Name" name="name" placeholder="HR connector" autoComplete="off" required />
            <RoleChoice options={ROLES} value={role} onChange={setRole} />
            <div className="flex flex-col gap-1 text-sm">
              <label htmlFor={id} className="font-medium">
                Expires
              </label>
              <select id={id} name="days" defaultValue="90" className={inputClass}>
                <option value="7">after 7 days</option>
                <option value="30">after 30 days</option>
                <option value="90">after 90 days</option>
                <option value="0">never</option>
              </select>
            </div>
            <ReasonField value={reason} onChange={setReason} />
            {create.error && (
              <p role="alert" className="text-sm text-red">
                {isApiError(create.error)
                  ? create.error.detail
                  : "The Bridge can't be reached. Try again: the key is made once at most."}
              </p>
            )}
            <div className="flex justify-end gap-2">
              <Button onClick={onClose}>Cancel</Button>
              <Button type="submit" look="primary" disabled={create.isPending}>
                Make key
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
