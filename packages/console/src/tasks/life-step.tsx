import type { ReactNode } from "react";
import { Moment } from "../components/moment.tsx";

interface LifeStepProps {
  at: string | undefined;
  children: ReactNode;
}

/** A line of the life of a task. */
export function LifeStep({ at, children }: LifeStepProps) {
  return (
    <li className="flex flex-wrap gap-x-3 border-b border-line py-1.5">
      <span className="w-24 shrink-0 text-soft">{at !== undefined && <Moment at={at} />}</span>
      <span className="min-w-0 flex-1">{children}</span>
    </li>
  );
}
