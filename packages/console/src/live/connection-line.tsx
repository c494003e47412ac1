import { CloudOff } from "lucide-react";
import { formatClock } from "../components/format.ts";
import { useConnection } from "./connection.ts";

/** Says in one line that what is shown is not the last word. */
export function ConnectionLine() {
  const { isLost, lastAt } = useConnection();
  return (
    <div role="status" className="no-print">
      {isLost && (
        <p className="flex items-center gap-2 bg-sunken px-4 py-1.5 text-sm text-amber md:px-6">
          <CloudOff size={14} aria-hidden className="shrink-0" />
          The Bridge can't be reached. What you see is of {formatClock(lastAt)}; trying again.
        </p>
      )}
    </div>
  );
}
