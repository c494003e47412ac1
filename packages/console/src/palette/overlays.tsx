import { Suspense, useEffect } from "react";
import type { Overlay } from "./use-shortcuts.ts";
import { lazyPart, loadPart } from "../lazy.ts";

const loadPalette = () => loadPart(() => import("./palette.tsx"));
const Palette = lazyPart(loadPalette, "Palette");
const Help = lazyPart(() => import("./help.tsx"), "Help");

const IDLE_MS = 1_500;

/** The palette or the help, loaded when the page is idle. */
export function Overlays({ overlay, onClose }: { overlay: Overlay | undefined; onClose: () => void }) {
  // Whoever presses the keys types on at once.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), IDLE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (overlay === undefined) return null;
  return <Suspense>{overlay === "palette" ? <Palette onClose={onClose} /> : <Help onClose={onClose} />}</Suspense>;
}
