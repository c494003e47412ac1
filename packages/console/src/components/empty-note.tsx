import type { ReactNode } from "react";
import { CopyButton } from "./copy-button.tsx";

interface EmptyNoteProps {
  /** One sentence that says why there is nothing, or what to do first. */
  children: ReactNode;
  /** A command that changes that. */
  command?: string;
  action?: ReactNode;
}

/** Stands where a list has no rows. */
export function EmptyNote({ children, command, action }: EmptyNoteProps) {
  return (
    <div data-empty className="flex flex-col items-center gap-3 px-4 py-12 text-center text-sm text-soft">
      <p className="max-w-120">{children}</p>
      {command !== undefined && (
        <p className="flex max-w-full items-center gap-1 rounded-md border border-line bg-sunken py-1 pr-1 pl-3 text-left">
          <code className="text-text">{command}</code>
          <CopyButton text={command} name="the command" />
        </p>
      )}
      {action}
    </div>
  );
}
