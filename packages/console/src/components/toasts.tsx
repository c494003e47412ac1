import { X } from "lucide-react";
import { useSyncExternalStore, type ReactNode } from "react";

interface Toast {
  id: number;
  content: ReactNode;
}

const SHOWN_MS = 8_000;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function dismiss(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

/** Says for a while what was done, with a link to the result. */
export function showToast(content: ReactNode): void {
  const id = ++lastId;
  set([...toasts, { id, content }]);
  setTimeout(() => dismiss(id), SHOWN_MS);
}

export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div
      role="status"
      className="no-print fixed right-4 bottom-18 z-40 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-2 xs:bottom-4"
    >
      {shown.map(({ id, content }) => (
        <div
          key={id}
          className="flex items-start gap-2 rounded-md border border-line bg-raised p-3 text-sm shadow-float"
        >
          <div className="min-w-0 flex-1">{content}</div>
          <button
            type="button"
            aria-label="Dismiss"
            onClick={() => dismiss(id)}
            className="rounded-sm text-faint hover:text-text"
          >
            <X size={14} aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
}
