import { useEffect } from "react";

export type Overlay = "palette" | "help";

/** Keys that work on every page: `/` leads to the filter, Ctrl-K or ⌘K opens the palette, `?` the help. */
export function useShortcuts(open: (overlay: Overlay) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        open("palette");
        return;
      }
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "?") open("help");
      if (event.key !== "/") return;
      event.preventDefault();
      const filter = document.querySelector<HTMLElement>("[data-filter]");
      if (filter) filter.focus();
      else open("palette");
    };
    globalThis.addEventListener("keydown", onKey);
    return () => globalThis.removeEventListener("keydown", onKey);
  }, [open]);
}

/** Whether a key goes into a text. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
