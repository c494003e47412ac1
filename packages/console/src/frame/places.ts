import type { LinkProps } from "@tanstack/react-router";
import {
  Gauge,
  History,
  KeyRound,
  LayoutGrid,
  ListChecks,
  Network,
  ScrollText,
  Server,
  Users,
  type LucideIcon,
} from "lucide-react";
import type { Session } from "../session/session.ts";

export interface Place {
  to: NonNullable<LinkProps["to"]>;
  name: string;
  icon: LucideIcon;
}

const PLACES: readonly Place[] = [
  { to: "/o/$org", name: "Overview", icon: Gauge },
  { to: "/o/$org/people", name: "People", icon: Users },
  { to: "/o/$org/apps", name: "Apps", icon: LayoutGrid },
  { to: "/o/$org/tasks", name: "Tasks", icon: ListChecks },
  { to: "/o/$org/changes", name: "Changes", icon: History },
  { to: "/o/$org/fleet", name: "Fleet", icon: Network },
  { to: "/o/$org/audit", name: "Audit", icon: ScrollText },
  { to: "/o/$org/keys", name: "Keys", icon: KeyRound },
  { to: "/o/$org/system", name: "System", icon: Server },
];

/** Where a role can go; a phone shows the first of them, and the others behind "More". Operators read no keys. */
export function placesOf(role: Session["role"]): readonly Place[] {
  return role === "operator" ? PLACES.filter(({ name }) => name !== "Keys") : PLACES;
}

export const SHOWN_IN_BAR = 4;
