import type { components, Person, RecordData } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queryClient } from "../api/query-client.ts";
import { read, toReasonHeader } from "../api/read.ts";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { useSession } from "../session/session.ts";
import { ErasePreview } from "./erase-preview.tsx";
import { ReceiptDialog } from "./receipt-dialog.tsx";

type Receipt = components["schemas"]["ErasureCreated"];

interface EraseDialogProps {
  appId: string;
  slug: string;
  data: RecordData;
  onClose: () => void;
}

/** Erases a person for good, after what would be deleted is shown and they are named once more. */
export function EraseDialog({ appId, slug, data: { id, email }, onClose }: EraseDialogProps) {
  const { client } = useSession();
  const account: Person = { app_id: appId, slug, id };
  const everywhere: Person | undefined = email === undefined || email === "" ? undefined : { email };
  const [isEverywhere, setIsEverywhere] = useState(everywhere !== undefined);
  const [receipt, setReceipt] = useState<Receipt>();
  const person = isEverywhere && everywhere ? everywhere : account;
  const { data: preview, error } = useQuery({
    queryKey: ["erase", person],
    queryFn: ({ signal }) => client.previewErasure(person, { signal }),
    gcTime: 0,
  });
  const isStopped = preview !== undefined && preview.open_tasks.length + preview.due_sessions.length > 0;

  async function erase(reason: string): Promise<void> {
    const params = { header: toReasonHeader(reason) };
    setReceipt(await read(client.api.POST("/api/v1/bridge/erasures/", { params, body: person })));
    await queryClient.invalidateQueries();
  }

  if (receipt) return <ReceiptDialog receipt={receipt} onClose={onClose} />;
  return (
    <ConfirmDialog
      title="Erase this person?"
      action="Erase for good"
      isDestructive
      isDisabled={preview === undefined || isStopped}
      typed={isEverywhere && email !== undefined ? email : id}
      hasReason
      staysOpen
      onClose={onClose}
      onConfirm={erase}
      fields={
        everywhere !== undefined && (
          <fieldset className="flex flex-col gap-1.5 text-sm">
            <legend className="pb-1 font-medium">What to erase</legend>
            {[true, false].map((choice) => (
              <label key={String(choice)} className="flex items-center gap-2">
                <input
                  type="radio"
                  name="extent"
                  checked={isEverywhere === choice}
                  onChange={() => setIsEverywhere(choice)}
                  className="size-3.5 accent-accent-solid"
                />
                {choice ? "Every account with this email, in all apps" : "This account alone"}
              </label>
            ))}
          </fieldset>
        )
      }
    >
      <p>
        Deletes what the Bridge stores about them: records, changes and tasks. This can't be undone. In the systems
        themselves nothing is changed.
      </p>
      {error && <p className="text-red">What would be deleted could not be read: {error.message}</p>}
      {preview && <ErasePreview preview={preview} />}
    </ConfirmDialog>
  );
}
