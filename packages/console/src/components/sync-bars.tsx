import type { SyncSession } from "@bridgekit/client";
import { formatCount, formatExact } from "./format.ts";

interface SyncBarsProps {
  /** Newest first. */
  sessions: readonly SyncSession[];
  /** How many bars there is room for. */
  count?: number;
}

/** What each of the last syncs removed, oldest first; a sync that was not applied is a hollow bar. */
export function SyncBars({ sessions, count = 30 }: SyncBarsProps) {
  const shown = sessions.slice(0, count).toReversed();
  const most = Math.max(1, ...shown.map((session) => removedBy(session)));
  const removed = shown.reduce((sum, session) => sum + removedBy(session), 0);
  const held = shown.filter(({ status }) => status === "error").length;
  const name = `Last ${formatCount(shown.length, "sync")}: ${formatCount(removed, "removal")}${held > 0 ? `, ${held} not applied` : ""}`;
  return (
    <svg role="img" aria-label={name} width={count * 4} height={20} className="inline-block align-middle">
      {shown.map((session, index) => {
        const isApplied = session.status === "completed";
        const height = Math.max(2, (removedBy(session) / most) * 18);
        return (
          <rect
            key={session.sync_id}
            x={(count - shown.length + index) * 4}
            y={20 - height}
            width={3}
            height={height}
            className={toneOf(session, isApplied)}
          >
            <title>{describe(session)}</title>
          </rect>
        );
      })}
    </svg>
  );
}

function toneOf({ status }: SyncSession, isApplied: boolean): string {
  if (isApplied) return "fill-grey";
  if (status === "error") return "fill-amber";
  return status === "abandoned" ? "fill-line-strong" : "fill-blue";
}

function removedBy(session: SyncSession): number {
  if (session.error?.losses !== undefined)
    return session.error.losses.filter(({ of }) => of === "records").reduce((sum, { lost }) => sum + lost, 0);
  return session.progress.reduce((sum, { removed = 0 }) => sum + removed, 0);
}

function describe(session: SyncSession): string {
  const at = session.started_at === undefined ? "" : `${formatExact(session.started_at)}: `;
  return `${at}${session.status === "error" ? "would remove" : "removed"} ${removedBy(session)}`;
}
