import { Dialog } from "@base-ui/react/dialog";
import type { components } from "@bridgekit/client";
import { Download } from "lucide-react";
import { Button } from "../components/button.tsx";
import { CopyButton } from "../components/copy-button.tsx";
import { saveAs } from "../components/export-buttons.tsx";
import { Facts } from "../components/facts.tsx";
import { formatCount, formatExact } from "../components/format.ts";

interface ReceiptDialogProps {
  receipt: components["schemas"]["ErasureCreated"];
  onClose: () => void;
}

/** The receipt of an erasure, with the key of its digest this once. A click beside it does not close it. */
export function ReceiptDialog({ receipt, onClose }: ReceiptDialogProps) {
  const { id, at, accounts, active_accounts, counts, digest, digest_key } = receipt;
  const save = () =>
    saveAs(
      new Blob([`${JSON.stringify(receipt, undefined, 2)}\n`], { type: "application/json" }),
      `erasure-${id}.json`,
    );
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()} disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-40 max-h-[calc(100dvh-2rem)] w-130 max-w-[calc(100vw-2rem)] -translate-1/2 overflow-y-auto rounded-md border border-line bg-raised p-5 shadow-float">
          <Dialog.Title className="pb-2 text-lg font-semibold">The person is erased</Dialog.Title>
          <div className="flex flex-col gap-4 text-sm">
            <Dialog.Description className="text-soft">
              The receipt holds nothing personal and is kept for good. Its digest key is shown now and never again:
              whoever keeps it can prove whom the receipt is about.
            </Dialog.Description>
            <Facts
              facts={[
                ["Receipt", <Code key="id" text={id} name="the id of the receipt" />],
                ["When", formatExact(at)],
                ["Accounts", formatCount(accounts, "account")],
                ["Still in a system", active_accounts > 0 ? formatCount(active_accounts, "account") : undefined],
                ["Deleted", `${formatCount(counts.records, "record")}, ${formatCount(counts.tasks, "task")}`],
                ["Digest", <Code key="digest" text={digest} name="the digest" />],
                ["Digest key", <Code key="key" text={digest_key} name="the digest key" />],
              ]}
            />
            <div className="flex justify-end gap-2">
              <Button onClick={save}>
                <Download size={14} aria-hidden /> Download receipt
              </Button>
              <Button look="primary" onClick={onClose}>
                I have kept it
              </Button>
            </div>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Code({ text, name }: { text: string; name: string }) {
  return (
    <span className="flex items-start gap-1">
      <code className="text-xs break-all">{text}</code>
      <CopyButton text={text} name={name} />
    </span>
  );
}
