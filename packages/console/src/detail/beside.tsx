import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Maximize2, X } from "lucide-react";
import { Suspense, useCallback, useEffect, useRef, type RefObject } from "react";
import { AppName } from "../apps/app-name.tsx";
import { AppScope } from "../apps/app-scope.tsx";
import { buttonClass } from "../components/button.tsx";
import { IsBeside } from "../components/page.tsx";
import { isTyping } from "../palette/use-shortcuts.ts";
import { useSession } from "../session/session.ts";
import { type Detail, parseOpen, toOpen, toPage } from "./detail.ts";
import { useIsWide } from "./use-is-wide.ts";
import { lazyPart } from "../lazy.ts";

const RecordView = lazyPart(() => import("../records/record-page.tsx"), "RecordView");
const SyncView = lazyPart(() => import("../syncs/sync-page.tsx"), "SyncView");
const TaskView = lazyPart(() => import("../tasks/task-page.tsx"), "TaskView");

/** What the address opens beside a list. Where there is no room, the page of it takes the place of the list. */
export function Beside() {
  const { org } = useSession();
  const isWide = useIsWide();
  const navigate = useNavigate();
  const detail = parseOpen(useSearch({ strict: false }).open);
  const open = detail && toOpen(detail);
  useEffect(() => {
    const wanted = parseOpen(open);
    if (wanted && !isWide) void navigate({ ...toPage(wanted, org), replace: true });
  }, [open, isWide, navigate, org]);
  if (detail === undefined || !isWide) return null;
  return <Panel detail={detail} />;
}

const NAMES: Record<Detail["kind"], string> = { record: "Record", sync: "Sync", task: "Task" };

function Panel({ detail }: { detail: Detail }) {
  const { org } = useSession();
  const navigate = useNavigate();
  const box = useRef<HTMLElement>(null);
  const open = toOpen(detail);
  const close = useCallback(() => {
    void navigate({
      to: ".",
      search: (previous) => ({ ...previous, open: undefined }),
      state: true,
      resetScroll: false,
    });
  }, [navigate]);
  useFocus(box, open);
  useEscape(close);
  return (
    <AppScope value={detail.appId}>
      <aside
        ref={box}
        key={open}
        tabIndex={-1}
        aria-label={NAMES[detail.kind]}
        className="no-print sticky top-12 h-[calc(100dvh-3rem)] w-[clamp(27rem,40vw-4rem,42rem)] shrink-0 overflow-y-auto border-l border-line bg-ground outline-none [--stick:2.5rem]"
      >
        <div className="sticky top-0 z-10 flex h-10 items-center gap-1 border-b border-line bg-ground pr-2 pl-6">
          <Link
            to="/o/$org/apps/$appId"
            params={{ org, appId: detail.appId }}
            className="min-w-0 flex-1 truncate text-sm text-soft hover:text-text"
          >
            <AppName />
          </Link>
          <Link {...toPage(detail, org)} className={buttonClass("quiet", "h-7 px-2")}>
            <Maximize2 size={14} aria-hidden /> Open as page
          </Link>
          <button type="button" onClick={close} title="Close (Esc)" className={buttonClass("quiet", "h-7 px-2")}>
            <X size={16} aria-label="Close" />
          </button>
        </div>
        <IsBeside value={true}>
          <Suspense>
            <View detail={detail} />
          </Suspense>
        </IsBeside>
      </aside>
    </AppScope>
  );
}

function View({ detail }: { detail: Detail }) {
  switch (detail.kind) {
    case "record":
      return <RecordView slug={detail.slug} id={detail.id} />;
    case "sync":
      return <SyncView syncId={detail.id} />;
    case "task":
      return <TaskView taskId={detail.id} />;
  }
}

/** Leads the keyboard to what is opened, and back to its row once it is closed. */
function useFocus(box: RefObject<HTMLElement | null>, open: string): void {
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    return () => {
      const row = [...document.querySelectorAll<HTMLElement>("[data-detail]")].find(
        (link) => link.dataset.detail === open,
      );
      row?.focus({ preventScroll: true });
    };
  }, [box, open]);
}

function useEscape(close: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isForAnother = isTyping(event.target) || document.querySelector("[role=dialog],[role=menu]") !== null;
      if (event.key === "Escape" && !isForAnother) close();
    };
    // Before a dialog sees the key: once it has closed, nothing says that the key was for it.
    globalThis.addEventListener("keydown", onKey, { capture: true });
    return () => globalThis.removeEventListener("keydown", onKey, { capture: true });
  }, [close]);
}
