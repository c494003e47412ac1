import type { Event } from "@bridgekit/client";
import type { UseQueryResult } from "@tanstack/react-query";
import { ArrowUp } from "lucide-react";
import { useState } from "react";
import { formatNumber } from "../components/format.ts";
import { useEventCount } from "./event-counts.ts";

interface NewRowsNoteProps {
  query: UseQueryResult;
  /** Of which app the list is; without it, of all. */
  appId?: string | undefined;
  /** The events that change the list. */
  types: readonly Event["type"][];
}

/** Offers what changed since a list was read: rows never move under the pointer by themselves. */
export function NewRowsNote({ query: { dataUpdatedAt, refetch }, appId, types }: NewRowsNoteProps) {
  const count = useEventCount(appId, types);
  // What the list was read with is no news; later events are.
  const [seen, setSeen] = useState({ at: dataUpdatedAt, count });
  if (seen.at !== dataUpdatedAt) setSeen({ at: dataUpdatedAt, count });
  const news = count - seen.count;
  return (
    <div role="status" className="no-print">
      {news > 0 && (
        <button
          type="button"
          onClick={() => void refetch()}
          className="mb-2 inline-flex h-7 items-center gap-1.5 rounded-full bg-selected px-3 text-sm text-link"
        >
          <ArrowUp size={14} aria-hidden />
          {formatNumber(news)} new
        </button>
      )}
    </div>
  );
}
