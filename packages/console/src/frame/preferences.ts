import { useSyncExternalStore } from "react";

/** How the console looks to one person; the only thing that a browser keeps of it. */
export interface Preferences {
  theme: "system" | "light" | "dark";
  density: "compact" | "comfortable";
}

const STORED_AS = "bridgekit.look";
const DEFAULTS: Preferences = { theme: "system", density: "compact" };

let current = readStored();
const listeners = new Set<() => void>();

function readStored(): Preferences {
  try {
    const stored = JSON.parse(localStorage.getItem(STORED_AS) ?? "{}") as Partial<Preferences>;
    return { ...DEFAULTS, ...stored };
  } catch {
    return DEFAULTS;
  }
}

/** Shows the page as it is preferred. */
export function applyPreferences(): void {
  document.documentElement.dataset.theme = current.theme;
  document.documentElement.dataset.density = current.density;
}

export function setPreferences(changes: Partial<Preferences>): void {
  current = { ...current, ...changes };
  applyPreferences();
  try {
    localStorage.setItem(STORED_AS, JSON.stringify(current));
  } catch {
    // A browser that stores nothing shows it until the page is left.
  }
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
