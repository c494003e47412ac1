import { ArrowUp } from "lucide-react";
import type { ReactNode } from "react";

/** Shows what is new in a list. */
export function NewsButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="mb-2 inline-flex h-7 items-center gap-1.5 rounded-full bg-selected px-3 text-sm text-link"
    >
      <ArrowUp size={14} aria-hidden />
      {children}
    </button>
  );
}
