import { Dialog } from "@base-ui/react/dialog";
import { useNavigate } from "@tanstack/react-router";
import {
  CornerDownLeft,
  LayoutGrid,
  ListChecks,
  PanelLeft,
  Search,
  Ticket,
  User,
  Users,
  Zap,
  type LucideIcon,
} from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Text } from "../records/text.tsx";
import { type Find, useFinds } from "./use-finds.ts";

const ICONS: Record<Find["sort"], LucideIcon> = {
  Action: Zap,
  Page: PanelLeft,
  App: LayoutGrid,
  Account: User,
  Group: Users,
  License: Ticket,
  Task: ListChecks,
};

/** Finds pages, actions, apps, accounts, groups, licenses and tasks, and goes there. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const { finds, note } = useFinds(text.trim());
  const list = useRef<HTMLUListElement>(null);
  const navigate = useNavigate();
  const index = Math.min(chosen, Math.max(0, finds.length - 1));

  useEffect(() => {
    list.current?.children[index]?.scrollIntoView({ block: "nearest" });
  }, [index]);

  function go(find: Find | undefined): void {
    if (find === undefined) return;
    onClose();
    void navigate(find.link as Parameters<typeof navigate>[0]);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen(Math.max(0, Math.min(index + step, finds.length - 1)));
    }
    if (event.key === "Enter") go(finds[index]);
  }

  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Popup
          aria-label="Search or go to"
          className="fixed top-[12vh] left-1/2 z-40 flex max-h-[70vh] w-140 max-w-[calc(100vw-2rem)] -translate-x-1/2 flex-col rounded-md border border-line bg-raised shadow-float"
        >
          <div className="flex items-center gap-2 border-b border-line px-3">
            <Search size={16} aria-hidden className="shrink-0 text-faint" />
            <input
              role="combobox"
              aria-label="Search or go to"
              aria-expanded="true"
              aria-controls="finds"
              aria-activedescendant={finds[index] === undefined ? undefined : `find-${index}`}
              placeholder="A page, an app, an action, or how a name begins"
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setChosen(0);
              }}
              onKeyDown={onKeyDown}
              className="h-11 w-full bg-transparent text-base outline-none"
              autoComplete="off"
              spellCheck={false}
            />
          </div>
          <ul id="finds" ref={list} role="listbox" aria-label="Found" className="overflow-y-auto p-1">
            {finds.map((find, position) => {
              const Icon = ICONS[find.sort];
              return (
                <li
                  key={find.key}
                  id={`find-${position}`}
                  role="option"
                  aria-selected={position === index}
                  onClick={() => go(find)}
                  onPointerMove={() => setChosen(position)}
                  className="flex h-9 cursor-pointer items-center gap-2.5 rounded-sm px-2.5 text-sm aria-selected:bg-hover"
                >
                  <Icon size={16} role="img" aria-label={find.sort} className="shrink-0 text-faint" />
                  <span className="truncate">
                    <Text>{find.name}</Text>
                  </span>
                  <span className="min-w-0 flex-1 truncate text-xs text-soft">
                    <Text>{find.detail}</Text>
                  </span>
                  {position === index && <CornerDownLeft size={14} aria-hidden className="shrink-0 text-faint" />}
                </li>
              );
            })}
          </ul>
          <p role="status" className="px-4 text-center text-sm text-soft not-empty:pt-2 not-empty:pb-4">
            {note}
          </p>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
