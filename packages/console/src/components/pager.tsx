import { Link, useLocation, useSearch } from "@tanstack/react-router";
import { buttonClass } from "./button.tsx";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** Where the windows before this one begin, the first of the list first. */
    windows?: string[];
  }
}

/** Leads to the windows of a list around this one. Those before it are known to whoever came through them. */
export function Pager({ next }: { next: string | undefined }) {
  const { cursor } = useSearch({ strict: false });
  const windows = useLocation({ select: ({ state }) => state.windows }) ?? [];
  if (cursor === undefined && next === undefined) return null;
  const previous = cursor === undefined ? undefined : windows.at(-1);
  return (
    <nav aria-label="Pages of the list" className="no-print flex items-center justify-end gap-2 pt-3">
      {cursor !== undefined && (
        <Link to="." search={(search) => ({ ...search, cursor: undefined })} className={buttonClass("quiet")}>
          First page
        </Link>
      )}
      {previous !== undefined && (
        <Link
          to="."
          search={(search) => ({ ...search, cursor: previous || undefined })}
          state={{ windows: windows.slice(0, -1) }}
          className={buttonClass()}
        >
          Previous page
        </Link>
      )}
      {next !== undefined && (
        <Link
          to="."
          search={(search) => ({ ...search, cursor: next })}
          state={{ windows: cursor === undefined ? [""] : [...windows, cursor] }}
          className={buttonClass()}
        >
          Next page
        </Link>
      )}
    </nav>
  );
}
