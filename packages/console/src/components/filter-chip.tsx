import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import type { ReactNode } from "react";

/** A filter that somebody came by, with the way to remove it; `name` is its name in the address. */
export function FilterChip({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Link
      to="."
      search={(previous) => ({ ...previous, [name]: undefined, cursor: undefined })}
      className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-md bg-selected px-2.5 text-sm text-accent"
    >
      <span className="truncate">{children}</span>
      <X size={14} aria-label="Remove this filter" className="shrink-0" />
    </Link>
  );
}
