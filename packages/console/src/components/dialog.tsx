import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

interface DialogProps {
  title: string;
  /** What it is about, under the title. */
  description?: ReactNode;
  children: ReactNode;
  /** A class name that sets the width. */
  width?: string;
  /** Whether a click beside it leaves it open, because what it shows is nowhere else. */
  staysByClick?: boolean;
  onClose: () => void;
}

/** A dialog over the page; where a window is low, it is scrolled. */
export function Dialog({ title, description, children, width = "w-110", staysByClick, onClose }: DialogProps) {
  return (
    <Base.Root
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      {...(staysByClick && { disablePointerDismissal: true })}
    >
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Base.Popup
          className={classNames(
            "fixed top-1/2 left-1/2 z-40 flex max-h-[calc(100dvh-2rem)] max-w-[calc(100vw-2rem)] -translate-1/2 flex-col gap-4 overflow-y-auto rounded-md border border-line bg-raised p-5 shadow-float",
            width,
          )}
        >
          <div className="flex flex-col gap-2">
            <Base.Title className="text-lg font-semibold">{title}</Base.Title>
            {description !== undefined && (
              <Base.Description render={<div />} className="flex flex-col gap-2 text-sm text-soft">
                {description}
              </Base.Description>
            )}
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** The buttons of a dialog, what it is for last. */
export function DialogFoot({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2">{children}</div>;
}
