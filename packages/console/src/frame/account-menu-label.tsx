import { ChevronDown, CircleUser } from "lucide-react";

export const accountMenuClass =
  "inline-flex h-8 shrink-0 items-center gap-1 rounded-md px-1.5 text-soft hover:bg-hover hover:text-text data-popup-open:bg-hover";

export function AccountMenuLabel() {
  return (
    <>
      <CircleUser size={16} aria-hidden />
      <ChevronDown size={14} aria-hidden />
    </>
  );
}
