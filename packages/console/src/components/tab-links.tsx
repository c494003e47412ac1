import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

export interface Tab {
  label: ReactNode;
  link: LinkProps;
  isExact?: boolean;
}

/** Parts of one thing, each with an address. */
export function TabLinks({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="no-print -mb-px flex gap-1 overflow-x-auto border-b border-line">
      {tabs.map(({ label, link, isExact }, index) => (
        <Link
          key={index}
          {...link}
          activeOptions={{ exact: isExact ?? false, includeSearch: false }}
          className="flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-sm text-soft transition-colors hover:text-text aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-text"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
