import type { SyncSession } from "@bridgekit/client";
import { CountCell } from "../components/count-cell.tsx";
import type { Column } from "../components/data-table.tsx";
import { formatDuration } from "../components/format.ts";
import { Text } from "../records/text.tsx";
import { countSession, toSeconds } from "./session-counts.ts";
import { SyncStateMark } from "./sync-state-mark.tsx";

/** What a list says of a sync, besides when it started. */
export const syncColumns: readonly Column<SyncSession>[] = [
  { id: "state", header: "State", cell: (session) => <SyncStateMark session={session} />, width: "w-36" },
  { id: "why", header: "Why", cell: (session) => <Why session={session} />, hideBelow: "lg" },
  {
    id: "created",
    header: "Created",
    cell: (session) => <CountCell count={countSession(session).created} />,
    isNumber: true,
    width: "w-20",
    hideBelow: "sm",
  },
  {
    id: "updated",
    header: "Updated",
    cell: (session) => <CountCell count={countSession(session).updated} />,
    isNumber: true,
    width: "w-20",
    hideBelow: "sm",
  },
  {
    id: "removed",
    header: "Removed",
    cell: (session) => <CountCell count={countSession(session).removed} tone="font-medium" />,
    isNumber: true,
    width: "w-20",
  },
  {
    id: "refs-lost",
    header: "Refs lost",
    cell: (session) => <CountCell count={countSession(session).refsLost} tone="font-medium" />,
    isNumber: true,
    width: "w-20",
    hideBelow: "sm",
  },
  {
    id: "took",
    header: "Took",
    cell: (session) => {
      const seconds = toSeconds(session);
      return seconds === null ? "" : formatDuration(seconds);
    },
    isNumber: true,
    width: "w-24",
    hideBelow: "sm",
  },
];

function Why({ session: { error, last_failure } }: { session: SyncSession }) {
  return <Text className="line-clamp-1 text-soft">{error?.message ?? last_failure ?? ""}</Text>;
}
