import { useLocation } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { useSession } from "../session/session.ts";
import { lazyPart } from "../lazy.ts";
import { MoreLabel } from "./more-label.tsx";
import { placesOf, SHOWN_IN_BAR } from "./places.ts";

const load = () => import("./more-menu.tsx");
const MoreMenu = lazyPart(load, "MoreMenu");

/** Leads to the places that the bar of a phone has no room for; the menu is loaded when somebody reaches for it. */
export function MoreButton({ className }: { className: string }) {
  const [isWanted, setIsWanted] = useState(false);
  const { role } = useSession();
  const path = useLocation({ select: ({ pathname }) => pathname });
  // The place that is open is one of those in the menu.
  const current = placesOf(role)
    .slice(SHOWN_IN_BAR)
    .some(({ to }) => path.split("/")[3] === to.split("/")[3]);
  const props = { className, "aria-current": current ? ("page" as const) : undefined };
  const button = (
    <button
      type="button"
      aria-haspopup="menu"
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setIsWanted(true)}
      {...props}
    >
      <MoreLabel />
    </button>
  );
  return isWanted ? (
    <Suspense fallback={button}>
      <MoreMenu {...props} />
    </Suspense>
  ) : (
    button
  );
}
