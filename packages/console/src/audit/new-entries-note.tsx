import type { AuditEntry } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { type AuditFilter, newAuditQuery } from "../api/audit-queries.ts";
import { WINDOW } from "../api/read.ts";
import { formatNumber } from "../components/format.ts";
import { NewsButton } from "../live/news-button.tsx";
import { useSession } from "../session/session.ts";

interface NewEntriesNoteProps {
  filter: AuditFilter;
  /** The first of the list; undefined for an empty one. */
  first: AuditEntry | undefined;
  onShow: () => void;
}

/** Offers the entries that came after those of the list. */
export function NewEntriesNote({ filter, first, onShow }: NewEntriesNoteProps) {
  const { data } = useQuery(newAuditQuery(useSession(), filter));
  const place = data?.rows.findIndex(({ id }) => id === first?.id) ?? 0;
  const isBeyond = place === -1;
  const count = isBeyond ? (data?.rows.length ?? 0) : place;
  return (
    <div role="status" className="no-print">
      {count > 0 && (
        <NewsButton onClick={onShow}>
          {isBeyond && count === WINDOW ? `More than ${formatNumber(count)}` : formatNumber(count)} new
        </NewsButton>
      )}
    </div>
  );
}
