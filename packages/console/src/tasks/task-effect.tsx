import type { TaskWithHistory } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { historyQuery, overviewQuery } from "../api/queries.ts";
import { useAppId } from "../apps/app-scope.tsx";
import { useSession } from "../session/session.ts";
import { LifeStep } from "./life-step.tsx";

/** Which sync first saw what a task did to its account. */
export function TaskEffect({ task }: { task: TaskWithHistory }) {
  const session = useSession();
  const { org } = session;
  const appId = useAppId();
  const id = task.result?.account?.id ?? task.payload.account.id;
  const { data: history } = useQuery({ ...historyQuery(session, appId, task.resource_type, id), retry: false });
  const { data: overview } = useQuery(overviewQuery(session));
  const ended = task.ended_at ?? task.created_at;
  // Newest first: the last of those after the end is the first that saw it.
  const seen = history?.changes.findLast(({ at }) => at >= ended);
  if (seen === undefined) {
    const last = overview?.apps.find(({ app_id }) => app_id === appId)?.last_synced_at;
    const isSynced = typeof last === "string" && last >= ended;
    return (
      <LifeStep at={undefined}>
        <span className="text-soft">
          {isSynced
            ? "A complete sync since then found the account as it was before."
            : "No sync has seen it yet; the next complete one shows its effect."}
        </span>
      </LifeStep>
    );
  }
  const refs = [
    ...seen.gained.map(({ id, name }) => `+ ${name ?? id}`),
    ...seen.lost.map(({ id, name }) => `− ${name ?? id}`),
    ...seen.fields.map(({ field }) => field),
  ];
  return (
    <LifeStep at={seen.at}>
      Seen by a{" "}
      <Link to="/o/$org/apps/$appId/syncs/$syncId" params={{ org, appId, syncId: seen.sync_id }} className="text-link">
        sync
      </Link>
      {refs.length > 0 && `: ${refs.join(", ")}`}
    </LifeStep>
  );
}
