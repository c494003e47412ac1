import { Dialog } from "@base-ui/react/dialog";
import { Button } from "../components/button.tsx";

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [["Ctrl K", "⌘ K"], "Find an app, an account or a page"],
  [["/"], "Go to the filter of the list"],
  [["↑", "↓"], "Walk the rows"],
  [["Home", "End"], "Go to the first or the last row"],
  [["Enter"], "Open the row"],
  [["Esc"], "Close what is open"],
  [["?"], "Show this help"],
];

/** What the keyboard does. */
export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-40 w-100 max-w-[calc(100vw-2rem)] -translate-1/2 rounded-md border border-line bg-raised p-5 shadow-float">
          <Dialog.Title className="pb-3 text-lg font-semibold">Keyboard</Dialog.Title>
          <dl className="text-sm">
            {KEYS.map(([keys, does]) => (
              <div key={does} className="flex items-center justify-between gap-4 border-b border-line py-1.5">
                <dt className="text-soft">{does}</dt>
                <dd className="flex shrink-0 gap-1.5">
                  {keys.map((key) => (
                    <kbd key={key} className="rounded-sm border border-line-strong bg-sunken px-1.5 py-0.5 text-xs">
                      {key}
                    </kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
          <div className="flex justify-end pt-4">
            <Button onClick={onClose}>Close</Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
