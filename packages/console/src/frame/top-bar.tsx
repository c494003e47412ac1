import { AccountMenuButton } from "./account-menu-button.tsx";
import { Crumbs } from "./crumbs.tsx";

export function TopBar() {
  return (
    <header className="no-print sticky top-0 z-10 flex h-12 shrink-0 items-center gap-3 border-b border-line bg-ground px-4 md:px-6">
      <Crumbs />
      <AccountMenuButton />
    </header>
  );
}
