import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { Printer } from "lucide-react";
import { historyQuery, type RecordHistory, recordQuery, typesQuery } from "../api/queries.ts";
import { AppName } from "../apps/app-name.tsx";
import { useAppId } from "../apps/app-scope.tsx";
import { ActorOfSync } from "../audit/actor.tsx";
import { Button } from "../components/button.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { formatCount, formatExact } from "../components/format.ts";
import { Page, Section } from "../components/page.tsx";
import { QueryPage } from "../components/query-page.tsx";
import { useSession } from "../session/session.ts";
import { HistoryList } from "./history-list.tsx";
import { isRefs } from "./refs-of.ts";
import { Refs } from "./refs.tsx";
import { toRecordName } from "./record-name.ts";
import { RecordStatusMark } from "./record-status-mark.tsx";
import { hasRef, nameOfRef, type RefPlace, RefWhy } from "./ref-why.tsx";
import { describeJudgement, Step, TaskStep, timeOf } from "./why-step.tsx";

type Removal = NonNullable<RecordHistory["removal"]>;

/** Why a record was removed, or is there: each link of the proof, to be sent or printed. */
export function WhyPage() {
  const { appId, slug } = useParams({ from: "/o/$org/apps/$appId/records/$slug/why" });
  const { id, ref } = useSearch({ from: "/o/$org/apps/$appId/records/$slug/why" });
  const target = toRefPlace(ref);
  const session = useSession();
  const query = useQuery(historyQuery(session, appId, slug, id));
  // A ref may come without its name; its own record has one.
  const { data: known } = useQuery({
    ...recordQuery(session, appId, target?.slug ?? "", target?.id ?? ""),
    enabled: target !== undefined,
  });
  return (
    <QueryPage title="The proof" query={query}>
      {(history) => (
        <Page
          title={toTitle(history, target, known && toRecordName(known.data))}
          aside={<RecordStatusMark record={history.record} />}
          subtitle={
            <>
              {slug} <code className="text-xs">{history.record.data.id.slice(0, 200)}</code>
              {target && (
                <>
                  {" "}
                  · {target.slug} <code className="text-xs">{target.id.slice(0, 200)}</code>
                </>
              )}{" "}
              in <AppName />
            </>
          }
          actions={
            <Button onClick={() => globalThis.print()}>
              <Printer size={14} aria-hidden /> Print
            </Button>
          }
        >
          {target !== undefined ? (
            <RefWhy slug={slug} target={target} history={history} />
          ) : isLive(history) ? (
            <Presence slug={slug} history={history} />
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

/** `team:t1`; an id may have colons. */
function toRefPlace(ref: string | undefined): RefPlace | undefined {
  const colon = ref?.indexOf(":") ?? -1;
  return ref === undefined || colon < 1 ? undefined : { slug: ref.slice(0, colon), id: ref.slice(colon + 1) };
}

function toTitle(history: RecordHistory, target: RefPlace | undefined, known: string | undefined): string {
  const name = toRecordName(history.record.data).slice(0, 120);
  if (target === undefined) return `Why ${name} ${isLive(history) ? "is there" : "was removed"}`;
  const what = (nameOfRef(history, target) ?? known ?? target.id).slice(0, 120);
  return hasRef(history, target) ? `Why ${name} has ${what}` : `Why ${name} does not have ${what}`;
}

const isLive = ({ record }: RecordHistory) => record.removed_at === null;

/** What a record has and since when, and which syncs and tasks made it so. */
function Presence({ slug, history }: { slug: string; history: RecordHistory }) {
  const { data: types = [] } = useQuery(typesQuery(useSession(), useAppId()));
  const { data } = history.record;
  return (
    <div className="flex max-w-160 flex-col gap-8">
      {[data.memberships, data.assignments].some(isRefs) && (
        <Section title="Has">
          <Refs slug={slug} record={history.record} types={types} since={history.refs} />
        </Section>
      )}
      <Section title="What made it so">
        <HistoryList slug={slug} history={history} />
      </Section>
    </div>
  );
}

function Chain({ removal, history: { tasks } }: { removal: Removal; history: RecordHistory }) {
  const { absent, last_seen, judgement, confirmed_by, removed, at, sync_id } = removal;
  // A task before the last sync that found it has nothing to do with the removal.
  const relevant = tasks.filter((task) => last_seen === null || timeOf(task) >= last_seen.at).toReversed();
  return (
    <ol className="flex max-w-160 flex-col text-sm">
      {last_seen && (
        <Step title="Last seen" at={last_seen.at} syncId={last_seen.sync_id}>
          A sync still found it.
        </Step>
      )}
      {relevant
        .filter((task) => timeOf(task) < absent.ended_at)
        .map((task) => (
          <TaskStep key={task.id} task={task} />
        ))}
      <Step title="Absent" at={absent.ended_at} syncId={sync_id}>
        A complete sync read {formatCount(absent.read, "record")} of the type and did not find it. It began{" "}
        {formatExact(absent.started_at)}; every stream ended by proof.
      </Step>
      <Step title="Judged by the removal guard">
        {describeJudgement(judgement, formatCount(removed, "removal"))}
        {confirmed_by !== null && (
          <>
            {" "}
            Confirmed by <ActorOfSync syncId={sync_id} operation="confirmSync" keyId={confirmed_by} />.
          </>
        )}
      </Step>
      <Step title="Removed" at={at} syncId={sync_id}>
        With {formatCount(removed - 1, "other record")} of the type.
      </Step>
      {relevant
        .filter((task) => timeOf(task) >= absent.ended_at)
        .map((task) => (
          <TaskStep key={task.id} task={task} />
        ))}
    </ol>
  );
}
