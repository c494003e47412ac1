import { isApiError } from "@bridgekit/client";
import { useState, type FormEvent, type ReactNode } from "react";
import { Button } from "./button.tsx";
import { Dialog, DialogFoot } from "./dialog.tsx";
import { TextField } from "./field.tsx";
import { ReasonField } from "./reason-field.tsx";

interface ConfirmDialogProps {
  title: string;
  /** What happens, and what can't be undone. */
  children?: ReactNode;
  /** What is filled in, under that. */
  fields?: ReactNode;
  /** On the button: `Remove 340`. */
  action: string;
  isDestructive?: boolean;
  /** There is nothing to do. */
  isDisabled?: boolean;
  /** Has to be typed before the button works. */
  typed?: string | undefined;
  /** Whether a reason can be given, for the audit trail. */
  hasReason?: boolean;
  /** Whether it stays once it is confirmed, because the caller shows something in its place. */
  staysOpen?: boolean;
  onConfirm: (reason: string) => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something that can't be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    title,
    children,
    fields,
    action,
    isDestructive = false,
    isDisabled = false,
    typed,
    hasReason = false,
    staysOpen = false,
    onConfirm,
    onClose,
  } = props;
  const [text, setText] = useState("");
  const [reason, setReason] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setIsBusy(true);
    setRefusal(undefined);
    try {
      await onConfirm(reason.trim());
      if (!staysOpen) onClose();
    } catch (error) {
      setRefusal(
        isApiError(error)
          ? error.detail
          : "The Bridge can't be reached. What was asked for may have been done; look before you try again.",
      );
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <Dialog title={title} description={children} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {fields}
        {typed !== undefined && (
          <TextField
            label={`Type ${typed} to go on`}
            value={text}
            onChange={(event) => setText(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        {hasReason && <ReasonField value={reason} onChange={setReason} />}
        {refusal !== undefined && (
          <p role="alert" className="text-sm text-red">
            {refusal}
          </p>
        )}
        <DialogFoot>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look={isDestructive ? "danger" : "primary"}
            disabled={isBusy || isDisabled || (typed !== undefined && text !== typed)}
          >
            {action}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
