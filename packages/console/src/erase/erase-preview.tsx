import type { components } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { overviewQuery } from "../api/queries.ts";
import { formatCount } from "../components/format.ts";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";
import { actionLabel } from "../tasks/actions.ts";

type Preview = components["schemas"]["ErasurePreview"];

/** What an erasure would delete, and what stands in its way. */
export function ErasePreview({ preview: { accounts, counts, open_tasks, due_sessions } }: { preview: Preview }) {
  const session = useSession();
  const { org } = session;
  const { data: overview } = useQuery(overviewQuery(session));
  const nameOf = (appId: string) => overview?.apps.find(({ app_id }) => app_id === appId)?.name ?? appId;
  const active = accounts.filter((account) => account.active).length;
  return (
    <>
      <ul aria-label="Accounts that are erased">
        {accounts.map(({ app_id, slug, id, active }) => (
          <li key={`${app_id} ${slug} ${id}`}>
            <span className="text-text">
              <Text>{id}</Text>
            </span>{" "}
            in <Text>{nameOf(app_id)}</Text>
            {active && " · still there at the last sync"}
          </li>
        ))}
      </ul>
      <p>
        {formatCount(counts.records, "record")}, {formatCount(counts.changes, "change")},{" "}
        {formatCount(counts.tasks, "task")} and {formatCount(counts.mentions, "mention")} in the data of others.
      </p>
      {active > 0 && (
        <p className="text-amber">
          {active === 1 ? "One account is" : `${formatCount(active, "account")} are`} still in the system, and comes
          back with the next sync unless removed there first.
        </p>
      )}
      {open_tasks.map(({ app_id: appId, task_id: taskId, action }) => (
        <p key={taskId} className="text-red">
          A task has not ended:{" "}
          <Link to="/o/$org/apps/$appId/tasks/$taskId" params={{ org, appId, taskId }} className="text-link">
            {actionLabel(action)}
          </Link>
          . Cancel it or wait for it.
        </p>
      ))}
      {due_sessions.map(({ app_id: appId, sync_id: syncId }) => (
        <p key={syncId} className="text-red">
          A sync of {nameOf(appId)} is not applied yet:{" "}
          <Link to="/o/$org/apps/$appId/syncs/$syncId" params={{ org, appId, syncId }} className="text-link">
            look at it
          </Link>
          . Confirm or discard it first.
        </p>
      ))}
    </>
  );
}
