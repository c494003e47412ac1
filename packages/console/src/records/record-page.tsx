import type { LiveRecord, RefMap, ResourceType } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { appQuery, historyQuery, type RecordHistory, recordQuery, typesQuery } from "../api/queries.ts";
import { AppName } from "../apps/app-name.tsx";
import { useAppId } from "../apps/app-scope.tsx";
import { buttonClass } from "../components/button.tsx";
import { CopyButton } from "../components/copy-button.tsx";
import { Facts } from "../components/facts.tsx";
import { Moment } from "../components/moment.tsx";
import { Page, Section } from "../components/page.tsx";
import { QueryPage } from "../components/query-page.tsx";
import { QueryPart } from "../components/query-part.tsx";
import { ErasePerson } from "../erase/erase-person.tsx";
import { useMayOperate, useSession } from "../session/session.ts";
import { Seats } from "./record-columns.tsx";
import { Elsewhere } from "./elsewhere.tsx";
import { HistoryList } from "./history-list.tsx";
import { toRecordName } from "./record-name.ts";
import { RefName } from "./ref-name.tsx";
import { MembersSection } from "./members-section.tsx";
import { RecordStatusMark } from "./record-status-mark.tsx";
import { SeatsSection } from "./seats-section.tsx";
import { Text } from "./text.tsx";

const SHOWN_APART = new Set(["memberships", "assignments", "display_name", "name", "status"]);

export function RecordPage() {
  const { slug } = useParams({ from: "/o/$org/apps/$appId/records/$slug/record" });
  const { id } = useSearch({ from: "/o/$org/apps/$appId/records/$slug/record" });
  return <RecordView slug={slug} id={id} />;
}

interface RecordViewProps {
  slug: string;
  id: string;
}

/** One account, group or license: what it is, and what it has or who has it. */
export function RecordView({ slug, id }: RecordViewProps) {
  const session = useSession();
  const appId = useAppId();
  const query = useQuery(recordQuery(session, appId, slug, id));
  const typesRead = useQuery(typesQuery(session, appId));
  const history = useQuery(historyQuery(session, appId, slug, id));
  const types = typesRead.data ?? [];
  const type = types.find((candidate) => candidate.slug === slug);
  return (
    <QueryPage title="The record" query={query}>
      {(record) => (
        <Page
          title={toRecordName(record.data).slice(0, 200)}
          aside={<RecordStatusMark record={record} />}
          subtitle={
            <>
              {type?.name ?? slug} in <AppName />
              {record.removed_at !== null && (
                <>
                  {" "}
                  · removed <Moment at={record.removed_at} />{" "}
                  <Link
                    to="/o/$org/apps/$appId/records/$slug/why"
                    params={{ org: session.org, appId, slug }}
                    search={{ id }}
                    className="text-link"
                  >
                    Why?
                  </Link>
                </>
              )}
            </>
          }
          actions={
            type?.type === "account" ? (
              <>
                <ErasePerson appId={appId} slug={slug} data={record.data} />
                <AccountActions slug={slug} id={id} />
              </>
            ) : (
              type && <HoldersLink type={type} id={id} />
            )
          }
        >
          <QueryPart title="What sort of record this is" query={typesRead} waiting={null}>
            {() => null}
          </QueryPart>
          {type?.type === "account" && record.data.email !== undefined && <Elsewhere email={record.data.email} />}
          <div className="grid gap-8 @3xl:grid-cols-2">
            <div className="flex flex-col gap-8">
              {type?.type === "account" && (
                <Section title="Has">
                  <Refs record={record} types={types} since={history.data?.refs ?? []} />
                </Section>
              )}
              <Section title="Fields">
                <Facts
                  facts={[
                    [
                      "Id",
                      <span key="id" className="flex items-center gap-1">
                        <Text>{record.data.id}</Text>
                        <CopyButton text={record.data.id} name="the id" />
                      </span>,
                    ],
                    ...(type?.type === "license"
                      ? [["Seats used", <Seats key="seats" data={record.data} />] as const]
                      : []),
                    ...Object.entries(record.data)
                      .filter(([name, value]) => name !== "id" && !SHOWN_APART.has(name) && value !== null)
                      .map(
                        ([name, value]) =>
                          [
                            name,
                            <Text key={name}>{typeof value === "string" ? value : JSON.stringify(value)}</Text>,
                          ] as const,
                      ),
                  ]}
                />
              </Section>
              {type?.type === "license" && <SeatsSection slug={slug} id={id} />}
              {type !== undefined && type.type !== "account" && (
                <MembersSection title={type.type === "group" ? "Members" : "Who uses it"} slug={slug} id={id} />
              )}
            </div>
            <Section title="History">
              <QueryPart title="The history" query={history}>
                {(history) => <HistoryList history={history} />}
              </QueryPart>
            </Section>
          </div>
        </Page>
      )}
    </QueryPage>
  );
}

function AccountActions({ slug, id }: RecordViewProps) {
  const session = useSession();
  const appId = useAppId();
  const { data: app } = useQuery(appQuery(session, appId));
  const mayOperate = useMayOperate();
  if (!mayOperate || app?.capabilities?.actions.length === 0) return null;
  return (
    <Link
      to="/o/$org/apps/$appId/tasks/new"
      params={{ org: session.org, appId }}
      search={{ slug, account: id }}
      className={buttonClass("primary")}
    >
      New task…
    </Link>
  );
}

/** Leads to the members of a group, or the users of a license. */
function HoldersLink({ type: { type, slug }, id }: { type: ResourceType; id: string }) {
  const session = useSession();
  const appId = useAppId();
  const { data: types = [] } = useQuery(typesQuery(session, appId));
  const accounts = types.find((candidate) => candidate.type === "account");
  if (accounts === undefined) return null;
  const ref = `${slug}:${id}`;
  return (
    <Link
      to="/o/$org/apps/$appId/records/$slug"
      params={{ org: session.org, appId, slug: accounts.slug }}
      search={type === "group" ? { member_of: ref } : { assigned: ref }}
      className={buttonClass()}
    >
      {type === "group" ? "Members" : "Who uses it"}
    </Link>
  );
}

interface RefsProps {
  record: LiveRecord;
  types: readonly ResourceType[];
  since: RecordHistory["refs"];
}

function Refs({ record: { data }, types, since }: RefsProps) {
  const refs: RefMap = { ...data.memberships, ...data.assignments };
  const slugs = Object.keys(refs).filter((slug) => refs[slug]!.length > 0);
  if (slugs.length === 0) return <p className="text-sm text-soft">No group and no license.</p>;
  return (
    <div className="flex flex-col gap-4">
      {slugs.map((slug) => (
        <div key={slug}>
          <h3 className="pb-1 text-xs font-medium text-soft">
            {types.find((type) => type.slug === slug)?.name ?? slug} · {refs[slug]!.length}
          </h3>
          <ul className="border-t border-line text-sm">
            {refs[slug]!.map(({ id, name }) => (
              <li key={id} className="flex justify-between gap-4 border-b border-line py-1.5">
                <RefName slug={slug} id={id} name={name} />
                <Since moment={since.find((ref) => ref.slug === slug && ref.id === id)?.since} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** Since when an account has a ref, and by which task or sync. */
function Since({ moment }: { moment: RecordHistory["refs"][number]["since"] | undefined }) {
  const { org } = useSession();
  const appId = useAppId();
  if (moment === undefined) return null;
  if (moment === null) return <span className="shrink-0 text-faint">longer than is kept</span>;
  const { at, sync_id, task_id } = moment;
  return (
    <span className="shrink-0 text-soft">
      since <Moment at={at} /> by a{" "}
      {task_id === undefined ? (
        <Link to="/o/$org/apps/$appId/syncs/$syncId" params={{ org, appId, syncId: sync_id }} className="text-link">
          sync
        </Link>
      ) : (
        <Link to="/o/$org/apps/$appId/tasks/$taskId" params={{ org, appId, taskId: task_id }} className="text-link">
          task
        </Link>
      )}
    </span>
  );
}
