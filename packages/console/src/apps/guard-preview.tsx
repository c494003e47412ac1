import type { RemovalGuard } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { guardPreviewQuery } from "../api/queries.ts";
import { formatCount, formatNumber } from "../components/format.ts";
import { Moment } from "../components/moment.tsx";
import { useSession } from "../session/session.ts";

const SHOWN = 5;

interface GuardPreviewProps {
  appId: string;
  guard: RemovalGuard;
  onLeave: () => void;
}

/** Which of the last syncs these settings would have held. */
export function GuardPreview({ appId, guard, onLeave }: GuardPreviewProps) {
  const session = useSession();
  const { org } = session;
  const { data, error, isFetching } = useQuery(guardPreviewQuery(session, appId, guard));
  if (error) return <p className="text-sm text-red">What it would have held can't be shown: {error.message}</p>;
  return (
    <div
      role="status"
      aria-busy={isFetching}
      className={`flex min-h-16 flex-col gap-1 rounded-md bg-sunken p-3 text-sm ${isFetching ? "opacity-60" : ""}`}
    >
      {data && (
        <>
          <p className="font-medium">{describePreview(data.examined, data.held.length)}</p>
          <ul>
            {data.held.slice(0, SHOWN).map(({ sync_id: syncId, started_at, was_held, losses }) => (
              <li key={syncId} className="flex flex-wrap gap-x-2">
                <Link
                  to="/o/$org/apps/$appId/syncs/$syncId"
                  params={{ org, appId, syncId }}
                  onClick={onLeave}
                  className="text-accent hover:underline"
                >
                  <Moment at={started_at} />
                </Link>
                <span className="text-soft">
                  {losses
                    .map(({ slug, of, live, lost }) => `${formatNumber(lost)} of ${formatNumber(live)} ${slug} ${of}`)
                    .join(", ")}
                  {was_held && " · was held"}
                </span>
              </li>
            ))}
          </ul>
          {data.held.length > SHOWN && <p className="text-faint">and {formatNumber(data.held.length - SHOWN)} more</p>}
        </>
      )}
    </div>
  );
}

function describePreview(examined: number, held: number): string {
  if (examined === 0) return "No sync is complete yet, so there is nothing to compare with.";
  const last = examined === 1 ? "the last sync" : `the last ${formatCount(examined, "sync", "syncs")}`;
  return held === 0
    ? `With these, none of ${last} would have been held.`
    : `With these, ${formatNumber(held)} of ${last} would have been held.`;
}
