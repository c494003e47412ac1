import { Outlet } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { Toasts } from "../components/toasts.tsx";
import { Beside } from "../detail/beside.tsx";
import { ConnectionLine } from "../live/connection-line.tsx";
import { useLive } from "../live/use-live.ts";
import { Overlays } from "../palette/overlays.tsx";
import { type Overlay, useShortcuts } from "../palette/use-shortcuts.ts";
import { useSessionState } from "../session/session.ts";
import { SideBar } from "./side-bar.tsx";
import { TopBar } from "./top-bar.tsx";
import { usePreloadedPages } from "./use-preloaded-pages.ts";
import { lazyPart } from "../lazy.ts";

const SignInAgain = lazyPart(() => import("../session/sign-in-again.tsx"), "SignInAgain");

/** What is around every page. */
export function Frame() {
  const { isExpired } = useSessionState();
  const [overlay, setOverlay] = useState<Overlay>();
  useLive();
  usePreloadedPages();
  useShortcuts(setOverlay);
  return (
    <div className="flex min-h-dvh flex-col xs:flex-row">
      <a
        href="#content"
        className="absolute top-2 left-2 z-50 rounded-md bg-raised px-3 py-1.5 text-sm not-focus:sr-only"
        onClick={(event) => {
          event.preventDefault();
          document.querySelector<HTMLElement>("#content")?.focus();
        }}
      >
        Skip to the content
      </a>
      <SideBar />
      <div className="flex min-w-0 flex-1 flex-col pb-14 xs:pb-0">
        <TopBar onSearch={() => setOverlay("palette")} />
        <ConnectionLine />
        <div className="flex flex-1">
          <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
            <Outlet />
          </main>
          <Beside />
        </div>
      </div>
      <Overlays overlay={overlay} onClose={() => setOverlay(undefined)} />
      <Toasts />
      {isExpired && (
        <Suspense>
          <SignInAgain />
        </Suspense>
      )}
    </div>
  );
}
