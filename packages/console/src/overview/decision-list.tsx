import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { Decision } from "../api/queries.ts";
import { AppStateMark } from "../apps/app-state-mark.tsx";
import { Button, buttonClass } from "../components/button.tsx";
import { formatCount, formatNumber } from "../components/format.ts";
import { Moment } from "../components/moment.tsx";
import { StateMark } from "../components/state-mark.tsx";
import { useSession } from "../session/session.ts";

/** So many are shown at first: the apps below them must not be far away. */
const FIRST = 8;

/** What waits for somebody, most urgent first. */
export function DecisionList({ decisions }: { decisions: readonly Decision[] }) {
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole || decisions.length <= FIRST + 1 ? decisions : decisions.slice(0, FIRST);
  const left = decisions.length - shown.length;
  return (
    <>
      <ul className="border-t border-line">
        {shown.map((decision) => (
          <li
            key={`${decision.kind} ${decision.app_id} ${decision.sync_id ?? decision.code}`}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2 text-sm"
          >
            <span className="w-24 shrink-0">
              <Mark kind={decision.kind} />
            </span>
            <span className="w-44 shrink-0 truncate font-medium">{decision.app_name}</span>
            <span className="line-clamp-2 min-w-0 flex-1 basis-60 text-soft">
              <Reason decision={decision} />
            </span>
            <span className="w-20 shrink-0 text-right text-faint tabular-nums max-md:hidden">
              <Moment at={decision.at} />
            </span>
            <Way decision={decision} />
          </li>
        ))}
      </ul>
      {left > 0 && (
        <Button className="mt-2 self-start" onClick={() => setIsWhole(true)}>
          Show {formatNumber(left)} more
        </Button>
      )}
    </>
  );
}

function Mark({ kind }: Pick<Decision, "kind">): ReactNode {
  switch (kind) {
    case "held":
    case "partial":
      return <AppStateMark state={kind} />;
    case "held_tasks":
      return <AppStateMark state="held" />;
    case "failed_session":
      return <AppStateMark state="failing" />;
    case "failed_tasks":
      return (
        <StateMark tone="red" icon="cross">
          Failed
        </StateMark>
      );
  }
}

function Reason({ decision }: { decision: Decision }): ReactNode {
  const { kind, losses, message, tasks, code } = decision;
  if (kind === "held" && losses !== undefined && losses.length > 0) {
    const parts = losses.map(({ slug, of, live, lost }) =>
      of === "records"
        ? `would remove ${formatNumber(lost)} of ${formatNumber(live)} ${slug} records`
        : `would take ${formatNumber(lost)} of ${formatNumber(live)} ${slug} refs from accounts that stay`,
    );
    return parts.join(" and ");
  }
  if ((kind === "failed_tasks" || kind === "held_tasks") && tasks !== undefined)
    return (
      <>
        <span className="text-text">
          {tasks.count_is_exact ? formatCount(tasks.count, "task") : `${formatNumber(tasks.count)}+ tasks`}
        </span>{" "}
        <code className="text-xs">{code}</code> {message}
      </>
    );
  return message ?? "The run left no receipt.";
}

function Way({ decision: { kind, app_id, sync_id, code } }: { decision: Decision }) {
  const { org } = useSession();
  const className = buttonClass("plain", "h-7 min-w-24");
  if (kind === "failed_tasks" || sync_id === undefined)
    return (
      <Link
        to="/o/$org/apps/$appId/tasks"
        params={{ org, appId: app_id }}
        search={kind === "held_tasks" ? { state: "scheduled" } : { state: "failed", code }}
        className={className}
      >
        See tasks
      </Link>
    );
  return (
    <Link to="/o/$org/apps/$appId/syncs/$syncId" params={{ org, appId: app_id, syncId: sync_id }} className={className}>
      {kind === "held" ? "Review" : "Open"}
    </Link>
  );
}
