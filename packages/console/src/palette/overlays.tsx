import { lazy, Suspense, useEffect } from "react";
import type { Overlay } from "./use-shortcuts.ts";

const loadPalette = () => import("./palette.tsx");
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));
const Help = lazy(async () => ({ default: (await import("./help.tsx")).Help }));

const IDLE_MS = 1_500;

/** The palette or the help, loaded when the page is idle. */
export function Overlays({ overlay, onClose }: { overlay: Overlay | undefined; onClose: () => void }) {
  // Whoever presses the keys types on at once.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), IDLE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (overlay === undefined) return null;
  return <Suspense>{overlay === "palette" ? <Palette onClose={onClose} /> : <Help onClose={onClose} />}</Suspense>;
}
