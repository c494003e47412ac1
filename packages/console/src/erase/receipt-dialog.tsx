import type { components } from "@bridgekit/client";
import { Download } from "lucide-react";
import { Button } from "../components/button.tsx";
import { Dialog, DialogFoot } from "../components/dialog.tsx";
import { saveAs } from "../components/export-buttons.tsx";
import { Facts } from "../components/facts.tsx";
import { formatCount, formatExact } from "../components/format.ts";
import { Code } from "./erasure-dialog.tsx";

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
    <Dialog
      title="The person is erased"
      description={
        <p>
          The receipt holds nothing personal and is kept for good. Its digest key is shown now and never again: whoever
          keeps it can prove whom the receipt is about.
        </p>
      }
      width="w-130"
      staysByClick
      onClose={onClose}
    >
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
      <DialogFoot>
        <Button onClick={save}>
          <Download size={14} aria-hidden /> Download receipt
        </Button>
        <Button look="primary" onClick={onClose}>
          I have kept it
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
