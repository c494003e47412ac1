import { Search } from "lucide-react";
import { AccountMenuButton } from "./account-menu-button.tsx";
import { Crumbs } from "./crumbs.tsx";

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function TopBar({ onSearch }: { onSearch: () => void }) {
  return (
    <header className="no-print sticky top-0 z-10 flex h-12 shrink-0 items-center gap-3 border-b border-line bg-ground px-4 md:px-6">
      <Crumbs />
      <button
        type="button"
        onClick={onSearch}
        className="inline-flex h-8 shrink-0 items-center gap-2 rounded-md text-sm text-soft transition-colors hover:text-text max-md:px-1.5 max-md:hover:bg-hover md:w-64 md:border md:border-line-strong md:px-2.5 md:hover:border-faint"
      >
        <Search size={16} aria-hidden className="shrink-0" />
        <span className="flex-1 text-left max-md:sr-only">Search or go to…</span>
        <kbd aria-hidden className="font-sans text-xs text-faint max-md:hidden">
          {isMac ? "⌘K" : "Ctrl K"}
        </kbd>
      </button>
      <AccountMenuButton />
    </header>
  );
}
