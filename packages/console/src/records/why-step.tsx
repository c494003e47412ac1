import { describeReadBack, type SyncSession, type Task } from "@bridgekit/client";
import { Link } from "@tanstack/react-router";
import { ArrowDown } from "lucide-react";
import type { ReactNode } from "react";
import { useAppId } from "../apps/app-scope.tsx";
import { formatExact, formatNumber, formatShare } from "../components/format.ts";
import { useSession } from "../session/session.ts";
import { actionLabel } from "../tasks/actions.ts";
import { Text } from "./text.tsx";

interface StepProps {
  title: string;
  at?: string;
  syncId?: string;
  taskId?: string;
  children: ReactNode;
}

/** A link of a proof. */
export function Step({ title, at, syncId, taskId, children }: StepProps) {
  const { org } = useSession();
  const appId = useAppId();
  return (
    <li className="group flex break-inside-avoid flex-col items-start">
      <div className="w-full rounded-md border border-line px-4 py-3">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h2 className="font-semibold">{title}</h2>
          {at !== undefined && <time dateTime={at}>{formatExact(at)}</time>}
        </div>
        <p className="text-soft">{children}</p>
        {syncId !== undefined && (
          <Link to="/o/$org/apps/$appId/syncs/$syncId" params={{ org, appId, syncId }} className="text-xs text-link">
            Sync {syncId}
          </Link>
        )}
        {taskId !== undefined && (
          <Link to="/o/$org/apps/$appId/tasks/$taskId" params={{ org, appId, taskId }} className="text-xs text-link">
            Task {taskId}
          </Link>
        )}
      </div>
      <ArrowDown size={16} aria-hidden className="mx-6 my-1 text-faint group-last:hidden" />
    </li>
  );
}

/** What was asked of a connector, and what came of it. */
export function TaskStep({ task }: { task: Task }) {
  const readBack = describeReadBack(task);
  return (
    <Step title={actionLabel(task.action)} at={timeOf(task)} taskId={task.id}>
      {task.status === "completed" ? (
        "Done, as the connector reported."
      ) : (
        <Text>{task.error?.message ?? "Not done yet."}</Text>
      )}
      {readBack !== undefined && (
        <span className="block">
          Read back: <Text>{readBack}</Text>
          {task.read_back?.at !== undefined && ` (${formatExact(task.read_back.at)})`}
        </span>
      )}
    </Step>
  );
}

/** When a task ended, or was made if it has not ended. */
export const timeOf = ({ ended_at, created_at }: Task): string => ended_at ?? created_at;

/** What the removal guard said; `few` if it was too little to be looked at. */
export function describeJudgement(judgement: SyncSession["judgement"] | null, few: string): string {
  if (judgement === null || judgement === undefined) return "What the guard said was not written down.";
  const { guard, losses } = judgement;
  if (guard === null) return "The guard was switched off.";
  const limit = `at least ${formatNumber(guard.min_count)} and more than ${formatShare(guard.max_share, 1)}`;
  const found = losses.map(
    ({ slug, of, lost, live }) => `${formatNumber(lost)} of ${formatNumber(live)} ${slug} ${of}`,
  );
  return found.length > 0
    ? `Lost: ${found.join(", ")}; the guard holds ${limit}.`
    : `${few}: fewer than the guard looks at (it holds ${limit}).`;
}
