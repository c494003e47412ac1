import { Button } from "../components/button.tsx";
import { Dialog, DialogFoot } from "../components/dialog.tsx";

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
    <Dialog title="Keyboard" width="w-100" onClose={onClose}>
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
      <DialogFoot>
        <Button onClick={onClose}>Close</Button>
      </DialogFoot>
    </Dialog>
  );
}
