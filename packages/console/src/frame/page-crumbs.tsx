import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { recordQuery, syncQuery, taskQuery } from "../api/queries.ts";
import { formatClock } from "../components/format.ts";
import { toRecordName } from "../records/record-name.ts";
import { useSession } from "../session/session.ts";
import { actionLabel } from "../tasks/actions.ts";
import { toAccountName } from "../tasks/describe-task.ts";

const LONGEST = 60;

/** What a page is about, by its name; until that is read, and if it can't be, by its kind. */
function Crumb({ name, kind }: { name: string | undefined; kind: string }) {
  if (name === undefined) return <>{kind}</>;
  return <bdi>{name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name}</bdi>;
}

export function RecordCrumb() {
  const { appId, slug } = useParams({ from: "/o/$org/apps/$appId/records/$slug/record" });
  const { id } = useSearch({ from: "/o/$org/apps/$appId/records/$slug/record" });
  const { data } = useQuery({ ...recordQuery(useSession(), appId, slug, id), retry: false });
  return <Crumb name={data && toRecordName(data.data)} kind="Record" />;
}

export function TaskCrumb() {
  const { appId, taskId } = useParams({ from: "/o/$org/apps/$appId/tasks/$taskId" });
  const { data } = useQuery({ ...taskQuery(useSession(), appId, taskId), retry: false });
  return <Crumb name={data && `${actionLabel(data.action)}: ${toAccountName(data, data.account_name)}`} kind="Task" />;
}

export function SyncCrumb() {
  const { appId, syncId } = useParams({ from: "/o/$org/apps/$appId/syncs/$syncId" });
  const { data } = useQuery({ ...syncQuery(useSession(), appId, syncId), retry: false });
  return <Crumb name={data?.started_at && `Sync of ${formatClock(data.started_at)}`} kind="Sync" />;
}
