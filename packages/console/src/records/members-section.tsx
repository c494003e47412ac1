import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useContext } from "react";
import { type Member, type MemberFilter, membersQuery } from "../api/record-queries.ts";
import { useAppId } from "../apps/app-scope.tsx";
import { type Column, DataTable } from "../components/data-table.tsx";
import { DayField } from "../components/day-field.tsx";
import { ListView } from "../components/list-view.tsx";
import { Moment } from "../components/moment.tsx";
import { IsBeside, Section } from "../components/page.tsx";
import { QueryPart } from "../components/query-part.tsx";
import { StateMark } from "../components/state-mark.tsx";
import { DetailLink } from "../detail/detail-link.tsx";
import { useSession } from "../session/session.ts";
import { toRecordName } from "./record-name.ts";
import { Text } from "./text.tsx";

const SHOWN_BESIDE = 10;

const columns: readonly Column<Member>[] = [
  { id: "name", header: "Name", cell: (member) => <MemberLink member={member} /> },
  {
    id: "email",
    header: "Email or username",
    cell: ({ record: { data } }) => <Text className="line-clamp-1 text-soft">{data.email ?? data.username ?? ""}</Text>,
    hideBelow: "xs",
  },
];

const columnsThen: readonly Column<Member>[] = [
  ...columns,
  { id: "now", header: "Now", cell: ({ is_member_now }) => <NowMark isMember={is_member_now} />, width: "w-32" },
];

interface MembersSectionProps {
  title: string;
  slug: string;
  id: string;
}

/** Who is in a group or has a license, now or on a day. */
export function MembersSection(props: MembersSectionProps) {
  return useContext(IsBeside) ? <FirstMembers {...props} /> : <AllMembers {...props} />;
}

function AllMembers({ title, slug, id }: MembersSectionProps) {
  const filter: MemberFilter = useSearch({ from: "/o/$org/apps/$appId/records/$slug/record" });
  const query = useQuery(membersQuery(useSession(), useAppId(), slug, id, filter));
  const keptSince = query.data?.keptSince;
  return (
    <Section title={title} aside={<DayField label="At the end of" name="at" />}>
      <ListView
        label={title}
        query={query}
        columns={filter.at === undefined ? columns : columnsThen}
        rowId={({ slug, record }) => `${slug} ${record.data.id}`}
        empty={<p className="text-sm text-soft">{filter.at === undefined ? "Nobody." : "Nobody on that day."}</p>}
      />
      {typeof keptSince === "string" && (
        <p className="text-sm text-faint">
          Known since <Moment at={keptSince} />.
        </p>
      )}
    </Section>
  );
}

/** Beside a list; the page has all of them, and of other days. */
function FirstMembers({ title, slug, id }: MembersSectionProps) {
  const session = useSession();
  const appId = useAppId();
  const query = useQuery(membersQuery(session, appId, slug, id, {}));
  return (
    <Section
      title={title}
      aside={
        <Link
          to="/o/$org/apps/$appId/records/$slug/record"
          params={{ org: session.org, appId, slug }}
          search={{ id }}
          className="text-link"
        >
          All, now or then
        </Link>
      }
    >
      <QueryPart title={title} query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="text-sm text-soft">Nobody.</p>
          ) : (
            <DataTable
              label={title}
              columns={columns}
              rows={rows.slice(0, SHOWN_BESIDE)}
              rowId={({ slug, record }) => `${slug} ${record.data.id}`}
            />
          )
        }
      </QueryPart>
    </Section>
  );
}

function MemberLink({ member: { slug, record } }: { member: Member }) {
  const appId = useAppId();
  return (
    <DetailLink detail={{ kind: "record", appId, slug, id: record.data.id }} className="row-target font-medium">
      <Text className="line-clamp-1">{toRecordName(record.data)}</Text>
    </DetailLink>
  );
}

function NowMark({ isMember }: { isMember: boolean }) {
  return isMember ? (
    <StateMark tone="green" icon="check">
      Still
    </StateMark>
  ) : (
    <StateMark tone="grey" icon="minus">
      No longer
    </StateMark>
  );
}
