import { describeReadBack, type Task } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { ArrowDown, Printer } from "lucide-react";
import type { ReactNode } from "react";
import { historyQuery, type RecordHistory, typesQuery } from "../api/queries.ts";
import { AppName } from "../apps/app-name.tsx";
import { useAppId } from "../apps/app-scope.tsx";
import { Button } from "../components/button.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { formatCount, formatExact, formatNumber, formatShare } from "../components/format.ts";
import { Page, Section } from "../components/page.tsx";
import { QueryPage } from "../components/query-page.tsx";
import { useSession } from "../session/session.ts";
import { actionLabel } from "../tasks/actions.ts";
import { HistoryList } from "./history-list.tsx";
import { Refs } from "./refs.tsx";
import { toRecordName } from "./record-name.ts";
import { RecordStatusMark } from "./record-status-mark.tsx";
import { Text } from "./text.tsx";

type Removal = NonNullable<RecordHistory["removal"]>;

/** Why a record was removed, or is there: each link of the proof, to be sent or printed. */
export function WhyPage() {
  const { appId, slug } = useParams({ from: "/o/$org/apps/$appId/records/$slug/why" });
  const { id } = useSearch({ from: "/o/$org/apps/$appId/records/$slug/why" });
  const query = useQuery(historyQuery(useSession(), appId, slug, id));
  return (
    <QueryPage title="The proof" query={query}>
      {(history) => (
        <Page
          title={`Why ${toRecordName(history.record.data).slice(0, 120)} ${isLive(history) ? "is there" : "was removed"}`}
          aside={<RecordStatusMark record={history.record} />}
          subtitle={
            <>
              {slug} <code className="text-xs">{history.record.data.id.slice(0, 200)}</code> in <AppName />
            </>
          }
          actions={
            <Button onClick={() => globalThis.print()}>
              <Printer size={14} aria-hidden /> Print
            </Button>
          }
        >
          {isLive(history) ? (
            <Presence history={history} />
          ) : history.removal === null ? (
            <EmptyNote>The sync that removed it is older than what the Bridge keeps.</EmptyNote>
          ) : (
            <Chain removal={history.removal} history={history} />
          )}
        </Page>
      )}
    </QueryPage>
  );
}

const isLive = ({ record }: RecordHistory) => record.removed_at === null;

/** What a record has and since when, and which syncs and tasks made it so. */
function Presence({ history }: { history: RecordHistory }) {
  const { data: types = [] } = useQuery(typesQuery(useSession(), useAppId()));
  const { memberships, assignments } = history.record.data;
  return (
    <div className="flex max-w-160 flex-col gap-8">
      {(memberships !== undefined || assignments !== undefined) && (
        <Section title="Has">
          <Refs record={history.record} types={types} since={history.refs} />
        </Section>
      )}
      <Section title="What made it so">
        <HistoryList history={history} />
      </Section>
    </div>
  );
}

function Chain({ removal, history: { tasks } }: { removal: Removal; history: RecordHistory }) {
  const { absent, last_seen, judgement, confirmed_by, removed, at, sync_id } = removal;
  const timeOf = (task: Task) => task.ended_at ?? task.created_at;
  // A task before the last sync that found it has nothing to do with the removal.
  const relevant = tasks.filter((task) => last_seen === null || timeOf(task) >= last_seen.at).toReversed();
  return (
    <ol className="flex max-w-160 flex-col text-sm">
      {last_seen && (
        <Step title="Last seen" at={last_seen.at} syncId={last_seen.sync_id}>
          A sync still found it.
        </Step>
      )}
      <TaskSteps tasks={relevant.filter((task) => timeOf(task) < absent.ended_at)} />
      <Step title="Absent" at={absent.ended_at} syncId={sync_id}>
        A complete sync read {formatCount(absent.read, "record")} of the type and did not find it. It began{" "}
        {formatExact(absent.started_at)}; every stream ended by proof.
      </Step>
      <Step title="Judged by the removal guard">
        {describeJudgement(judgement, removed)}
        {confirmed_by !== null && (
          <>
            {" "}
            Key <code className="text-xs">{confirmed_by}</code> confirmed it.
          </>
        )}
      </Step>
      <Step title="Removed" at={at} syncId={sync_id}>
        With {formatCount(removed - 1, "other record")} of the type.
      </Step>
      <TaskSteps tasks={relevant.filter((task) => timeOf(task) >= absent.ended_at)} />
    </ol>
  );
}

function TaskSteps({ tasks }: { tasks: readonly Task[] }) {
  return tasks.map((task) => {
    const readBack = describeReadBack(task);
    return (
      <Step key={task.id} title={actionLabel(task.action)} at={task.ended_at ?? task.created_at} taskId={task.id}>
        {task.status === "completed" ? "Done, as the connector reported." : (task.error?.message ?? "Not done yet.")}
        {readBack !== undefined && (
          <span className="block">
            Read back: <Text>{readBack}</Text>
            {task.read_back?.at !== undefined && ` (${formatExact(task.read_back.at)})`}
          </span>
        )}
      </Step>
    );
  });
}

function describeJudgement(judgement: Removal["judgement"], removed: number): string {
  if (judgement === null) return "What the guard said was not written down.";
  const { guard, losses } = judgement;
  if (guard === null) return "The guard was switched off.";
  const limit = `at least ${formatNumber(guard.min_count)} and more than ${formatShare(guard.max_share, 1)}`;
  const found = losses.map(
    ({ slug, of, lost, live }) => `${formatNumber(lost)} of ${formatNumber(live)} ${slug} ${of}`,
  );
  return found.length > 0
    ? `Lost: ${found.join(", ")}; the guard holds ${limit}.`
    : `${formatCount(removed, "removal")}: fewer than the guard looks at (it holds ${limit}).`;
}

interface StepProps {
  title: string;
  at?: string;
  syncId?: string;
  taskId?: string;
  children: ReactNode;
}

function Step({ title, at, syncId, taskId, children }: StepProps) {
  const { org } = useSession();
  const appId = useAppId();
  return (
    <li className="group flex flex-col items-start">
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
