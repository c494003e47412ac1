import {
  Check,
  CircleDashed,
  CircleX,
  Clock,
  Hand,
  LoaderCircle,
  Minus,
  Pause,
  Pencil,
  Plus,
  TriangleAlert,
  type LucideIcon,
} from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** What a colour means, on every page. */
type Tone = "green" | "blue" | "amber" | "red" | "grey";

const COLOURS: Record<Tone, string> = {
  green: "text-green",
  blue: "text-blue",
  amber: "text-amber",
  red: "text-red",
  grey: "text-grey",
};

const ICONS = {
  check: Check,
  moving: LoaderCircle,
  warning: TriangleAlert,
  hand: Hand,
  cross: CircleX,
  dashed: CircleDashed,
  clock: Clock,
  plus: Plus,
  pause: Pause,
  minus: Minus,
  pencil: Pencil,
} satisfies Record<string, LucideIcon>;

interface StateMarkProps {
  tone: Tone;
  icon: keyof typeof ICONS;
  children: ReactNode;
}

/** A state by shape, colour and word. */
export function StateMark({ tone, icon, children }: StateMarkProps) {
  const Icon = ICONS[icon];
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1.5 align-middle font-medium whitespace-nowrap",
        COLOURS[tone],
      )}
    >
      <Icon
        size={14}
        aria-hidden
        className={icon === "moving" ? "animate-spin [animation-duration:1.6s]" : undefined}
      />
      {children}
    </span>
  );
}
