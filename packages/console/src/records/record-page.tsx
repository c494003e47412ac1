import type { ResourceType } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { appQuery, historyQuery, recordQuery, typesQuery } from "../api/queries.ts";
import { AppName } from "../apps/app-name.tsx";
import { useAppId } from "../apps/app-scope.tsx";
import { buttonClass } from "../components/button.tsx";
import { CopyButton } from "../components/copy-button.tsx";
import { Facts } from "../components/facts.tsx";
import { Moment } from "../components/moment.tsx";
import { Page, Section } from "../components/page.tsx";
import { QueryPage } from "../components/query-page.tsx";
import { QueryError, QueryPart } from "../components/query-part.tsx";
import { ErasePerson } from "../erase/erase-person.tsx";
import { useMayOperate, useSession } from "../session/session.ts";
import { Seats } from "./record-columns.tsx";
import { Elsewhere } from "./elsewhere.tsx";
import { HistoryList } from "./history-list.tsx";
import { toRecordName } from "./record-name.ts";
import { Refs } from "./refs.tsx";
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
                  · removed <Moment at={record.removed_at} /> <WhyLink slug={slug} id={id} />
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
          <QueryError title="What sort of record this is" query={typesRead} />
          {type?.type === "account" && record.data.email !== undefined && <Elsewhere email={record.data.email} />}
          <div className="grid gap-8 @3xl:grid-cols-2">
            <div className="flex flex-col gap-8">
              {type?.type === "account" && (
                <Section title="Has" aside={record.removed_at === null && <WhyLink slug={slug} id={id} />}>
                  <Refs slug={slug} record={record} types={types} since={history.data?.refs ?? []} />
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
                {(history) => <HistoryList slug={slug} history={history} />}
              </QueryPart>
            </Section>
          </div>
        </Page>
      )}
    </QueryPage>
  );
}

/** Leads to the proof of why a record is there, with what it has, or of why it was removed. */
function WhyLink({ slug, id }: RecordViewProps) {
  const { org } = useSession();
  const appId = useAppId();
  return (
    <Link
      to="/o/$org/apps/$appId/records/$slug/why"
      params={{ org, appId, slug }}
      search={{ id }}
      className="text-link"
    >
      Why?
    </Link>
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
