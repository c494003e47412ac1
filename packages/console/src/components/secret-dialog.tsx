import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { Dialog, DialogFoot } from "./dialog.tsx";

interface SecretDialogProps {
  title: string;
  /** Why it has to be copied now. */
  children: ReactNode;
  secret: string;
  /** What is copied: `the key`. */
  name: string;
  onClose: () => void;
}

/** Shows a secret this once. A click beside it does not close it. */
export function SecretDialog({ title, children, secret, name, onClose }: SecretDialogProps) {
  return (
    <Dialog title={title} description={children} staysByClick onClose={onClose}>
      <p className="flex items-center gap-1 rounded-md border border-line bg-sunken py-1 pr-1 pl-3 text-sm">
        <code className="min-w-0 flex-1 break-all">{secret}</code>
        <CopyButton text={secret} name={name} />
      </p>
      <DialogFoot>
        <Button look="primary" onClick={onClose}>
          I have copied it
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
