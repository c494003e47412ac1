import { Link, useSearch } from "@tanstack/react-router";
import { buttonClass } from "./button.tsx";

/** Leads to the first and the next window of a list; the browser's own way back leads to the one before. */
export function Pager({ next }: { next: string | undefined }) {
  const { cursor } = useSearch({ strict: false });
  if (cursor === undefined && next === undefined) return null;
  return (
    <nav aria-label="Pages of the list" className="no-print flex items-center justify-end gap-2 pt-3">
      {cursor !== undefined && (
        <Link to="." search={(previous) => ({ ...previous, cursor: undefined })} className={buttonClass("quiet")}>
          First page
        </Link>
      )}
      {next !== undefined && (
        <Link to="." search={(previous) => ({ ...previous, cursor: next })} className={buttonClass()}>
          Next page
        </Link>
      )}
    </nav>
  );
}
