import type { SyncSession } from "@bridgekit/client";
import { CircleX, Hand, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { appQuery } from "../api/queries.ts";
import { useAppId } from "../apps/app-scope.tsx";
import { useSession } from "../session/session.ts";
import { classNames } from "../components/class-names.ts";
import { formatNumber, formatSetShare, formatShare } from "../components/format.ts";
import { isHeld } from "./sync-state-mark.tsx";

/** The sentence that says why a sync was not applied, or not complete. */
export function WhySection({ sync }: { sync: SyncSession }): ReactNode {
  const { error, receipt, last_failure } = sync;
  if (isHeld(sync) && error !== undefined)
    return (
      <Notice tone="text-amber" icon={<Hand size={16} aria-hidden />}>
        <p className="font-medium">This sync would take away too much, so it was not applied.</p>
        <ul className="flex flex-col gap-0.5">
          {(error.losses ?? []).map(({ slug, of, live, lost }) => (
            <li key={`${slug} ${of}`}>
              {formatNumber(lost)} of {formatNumber(live)} {slug} {of === "records" ? "records" : "refs"} (
              {formatShare(lost, live)}) would be lost.
            </li>
          ))}
        </ul>
        <GuardLimit />
        <p className="text-soft">
          Confirm if they really left, or all but those that you uncheck. Discard if the system returned too little.
        </p>
      </Notice>
    );
  if (error !== undefined || last_failure !== undefined)
    return (
      <Notice tone="text-red" icon={<CircleX size={16} aria-hidden />}>
        <p className="font-medium">{error?.message ?? last_failure}</p>
        <p className="text-soft">Nothing of this sync was applied; what was live before is still live.</p>
      </Notice>
    );
  if (receipt?.error !== undefined)
    return (
      <Notice tone="text-red" icon={<CircleX size={16} aria-hidden />}>
        <p className="font-medium">{receipt.error.message}</p>
        <p className="text-soft">
          <code className="text-xs">{receipt.error.code}</code> · the run stopped; nobody was removed.
        </p>
      </Notice>
    );
  if (receipt !== undefined && receipt !== null && receipt.missing.length > 0)
    return (
      <Notice tone="text-amber" icon={<TriangleAlert size={16} aria-hidden />}>
        <p className="font-medium">The read was not complete, so nobody was removed.</p>
        <ul className="list-inside list-disc text-soft">
          {receipt.missing.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </Notice>
    );
  return null;
}

/** Beyond what the guard of the app holds a sync. */
function GuardLimit() {
  const { data: app } = useQuery(appQuery(useSession(), useAppId()));
  const guard = app?.removal_guard;
  if (!guard) return null;
  return (
    <p className="text-soft">
      The guard holds more than {formatSetShare(guard.max_share)} of a type, and at least{" "}
      {formatNumber(guard.min_count)}.
    </p>
  );
}

function Notice({ tone, icon, children }: { tone: string; icon: ReactNode; children: ReactNode }) {
  return (
    <div className="flex max-w-200 gap-3 rounded-md border border-line bg-sunken p-4 text-sm">
      <span className={classNames("mt-0.5 shrink-0", tone)}>{icon}</span>
      <div className="flex min-w-0 flex-col gap-2">{children}</div>
    </div>
  );
}
