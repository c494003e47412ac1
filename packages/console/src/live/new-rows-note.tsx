import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import { formatNumber } from "../components/format.ts";
import { type Topic, useEventCount } from "./event-counts.ts";
import { NewsButton } from "./news-button.tsx";

interface NewRowsNoteProps {
  query: UseQueryResult;
  /** Of which app the list is; without it, of all. */
  appId?: string | undefined;
  /** What changes the list. */
  topics: readonly Topic[];
  word?: "new" | "changed";
}

/** Offers what changed since a list was read: rows never move under the pointer by themselves. */
export function NewRowsNote({ query: { dataUpdatedAt, refetch }, appId, topics, word = "new" }: NewRowsNoteProps) {
  const count = useEventCount(appId, topics);
  // What the list was read with is no news; later events are.
  const [seen, setSeen] = useState({ at: dataUpdatedAt, count });
  if (seen.at !== dataUpdatedAt) setSeen({ at: dataUpdatedAt, count });
  const news = count - seen.count;
  return (
    <div role="status" className="no-print">
      {news > 0 && (
        <NewsButton onClick={() => void refetch()}>
          {formatNumber(news)} {word}
        </NewsButton>
      )}
    </div>
  );
}
