import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { peopleQuery, type PersonAccount } from "../api/queries.ts";
import type { Column } from "../components/data-table.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { ExportButtons } from "../components/export-buttons.tsx";
import { FilterField } from "../components/filter-field.tsx";
import { ListView } from "../components/list-view.tsx";
import { Page } from "../components/page.tsx";
import { DetailLink } from "../detail/detail-link.tsx";
import { NewRowsNote } from "../live/new-rows-note.tsx";
import { RefCounts } from "../records/record-columns.tsx";
import { toRecordName } from "../records/record-name.ts";
import { RecordStatusMark } from "../records/record-status-mark.tsx";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";
import { exportPeople } from "./export-people.ts";

const columns: readonly Column<PersonAccount>[] = [
  { id: "name", header: "Name", cell: (account) => <AccountLink account={account} /> },
  {
    id: "email",
    header: "Email or username",
    cell: ({ record: { data } }) => <Text className="line-clamp-1 text-soft">{data.email ?? data.username ?? ""}</Text>,
    hideBelow: "sm",
  },
  { id: "app", header: "App", cell: ({ app_name }) => <Text className="line-clamp-1">{app_name}</Text> },
  {
    id: "refs",
    header: "Has",
    cell: ({ record: { data } }) => <RefCounts data={data} />,
    hideBelow: "md",
  },
  { id: "status", header: "State", cell: ({ record }) => <RecordStatusMark record={record} />, width: "w-32" },
];

/** Who has accounts where: found by how a name, an email or an id begins. */
export function PeoplePage() {
  const { text, cursor } = useSearch({ from: "/o/$org/people" });
  const session = useSession();
  const query = useQuery({ ...peopleQuery(session, { text, cursor }), enabled: text !== undefined });
  return (
    <Page title="People" subtitle="Their accounts in all apps.">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <FilterField label="Name, email or id begins with" />
        {text !== undefined && (
          <ExportButtons name="accounts" toFile={(format) => exportPeople(session, { text }, format)} />
        )}
      </div>
      {text === undefined ? (
        <EmptyNote>Type how a name, an email or an id begins.</EmptyNote>
      ) : (
        <>
          <NewRowsNote query={query} topics={["changed"]} word="changed" />
          <ListView
            label="Accounts"
            query={query}
            columns={columns}
            rowId={({ app_id, slug, record }) => `${app_id} ${slug} ${record.data.id}`}
            empty={<EmptyNote>No account of any app begins with that.</EmptyNote>}
          />
        </>
      )}
    </Page>
  );
}

function AccountLink({ account: { app_id, slug, record } }: { account: PersonAccount }) {
  return (
    <DetailLink detail={{ kind: "record", appId: app_id, slug, id: record.data.id }} className="row-target font-medium">
      <Text className="line-clamp-2 @min-[40rem]:line-clamp-1">{toRecordName(record.data)}</Text>
    </DetailLink>
  );
}
