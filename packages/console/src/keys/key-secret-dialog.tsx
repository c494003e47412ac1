import { Dialog } from "@base-ui/react/dialog";
import type { KeyCreated } from "@bridgekit/client";
import { Button } from "../components/button.tsx";
import { CopyButton } from "../components/copy-button.tsx";

/** Shows the secret of a key this once. A click beside it does not close it. */
export function KeySecretDialog({ created: { name, key }, onClose }: { created: KeyCreated; onClose: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()} disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-40 w-110 max-w-[calc(100vw-2rem)] -translate-1/2 rounded-md border border-line bg-raised p-5 shadow-float">
          <Dialog.Title className="pb-3 text-lg font-semibold">{`The key "${name}"`}</Dialog.Title>
          <div className="flex flex-col gap-4 text-sm">
            <Dialog.Description className="text-soft">
              Copy it now: the Bridge keeps a hash of it only and never shows it again.
            </Dialog.Description>
            <p className="flex items-center gap-1 rounded-md border border-line bg-sunken py-1 pr-1 pl-3">
              <code className="min-w-0 flex-1 break-all">{key}</code>
              <CopyButton text={key} name="the key" />
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
