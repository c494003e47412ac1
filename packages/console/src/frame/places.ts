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

export interface Place {
  to: NonNullable<LinkProps["to"]>;
  name: string;
  icon: LucideIcon;
}

/** Where one can go; a phone shows the first of them, and the others behind "More". */
export const PLACES: readonly Place[] = [
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

export const SHOWN_IN_BAR = 4;
