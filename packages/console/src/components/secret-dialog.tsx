import { Dialog } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";

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
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()} disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-40 w-110 max-w-[calc(100vw-2rem)] -translate-1/2 rounded-md border border-line bg-raised p-5 shadow-float">
          <Dialog.Title className="pb-3 text-lg font-semibold">{title}</Dialog.Title>
          <div className="flex flex-col gap-4 text-sm">
            <Dialog.Description className="text-soft">{children}</Dialog.Description>
            <p className="flex items-center gap-1 rounded-md border border-line bg-sunken py-1 pr-1 pl-3">
              <code className="min-w-0 flex-1 break-all">{secret}</code>
              <CopyButton text={secret} name={name} />
            </p>
            <Button look="primary" className="self-end" onClick={onClose}>
              I have copied it
            </Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
