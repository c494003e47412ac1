import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { allSyncsQuery, type AppSync, exportAllSyncs, type AllSyncsFilter } from "../api/change-queries.ts";
import { AppSelect } from "../apps/app-select.tsx";
import { ChoiceSelect } from "../components/choice-select.tsx";
import type { Column } from "../components/data-table.tsx";
import { DayField } from "../components/day-field.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { ExportButtons } from "../components/export-buttons.tsx";
import { ListView } from "../components/list-view.tsx";
import { Moment } from "../components/moment.tsx";
import { Page } from "../components/page.tsx";
import { DetailLink } from "../detail/detail-link.tsx";
import { NewRowsNote } from "../live/new-rows-note.tsx";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";
import { syncColumns } from "../syncs/sync-columns.tsx";
import { ChangesTabs } from "./changes-tabs.tsx";

const columns: readonly Column<AppSync>[] = [
  {
    id: "started",
    header: "Started",
    cell: ({ app_id, app_name, session: { sync_id, started_at } }) => (
      <>
        <DetailLink detail={{ kind: "sync", appId: app_id, id: sync_id }} className="row-target font-medium">
          <Moment at={started_at} />
        </DetailLink>
        <div className="text-xs text-soft @min-[27rem]:hidden">
          <Text className="line-clamp-2">{app_name}</Text>
        </div>
      </>
    ),
    width: "@min-[27rem]:w-32",
  },
  {
    id: "app",
    header: "App",
    cell: ({ app_name }) => <Text className="line-clamp-1">{app_name}</Text>,
    width: "@min-[27rem]:w-44",
    hideBelow: "xs",
  },
  ...syncColumns.map((column): Column<AppSync> =>
    Object.assign({}, column, { cell: ({ session }: AppSync) => column.cell(session) }),
  ),
];

/** The syncs of all apps. */
export function AllSyncsPage() {
  const session = useSession();
  const filter: AllSyncsFilter = useSearch({ from: "/o/$org/changes/syncs" });
  const query = useQuery(allSyncsQuery(session, filter));
  return (
    <Page
      title="Changes"
      subtitle="The syncs of all apps, the last started first."
      actions={<ExportButtons name="syncs" toFile={(format) => exportAllSyncs(session, filter, format)} />}
    >
      <ChangesTabs />
      <div className="flex flex-col gap-3">
        <SyncFilters />
        <NewRowsNote query={query} appId={filter.app_id} topics={["sync.started", "sync.ended"]} />
        <ListView
          label="Syncs"
          query={query}
          columns={columns}
          rowId={({ session: { sync_id } }) => sync_id}
          empty={<NoSyncs filter={filter} />}
        />
      </div>
    </Page>
  );
}

function SyncFilters() {
  return (
    <div className="no-print flex flex-wrap items-center gap-x-4 gap-y-2">
      <ChoiceSelect
        label="State"
        name="status"
        all="Every state"
        choices={[
          { value: "in_progress", label: "Reading" },
          { value: "completing", label: "Applying" },
          { value: "completed", label: "Complete" },
          { value: "error", label: "Held or failed" },
          { value: "abandoned", label: "Not complete" },
        ]}
      />
      <AppSelect />
      <span className="flex flex-wrap gap-2">
        <DayField label="From" name="from" />
        <DayField label="to" name="to" />
      </span>
    </div>
  );
}

function NoSyncs({ filter }: { filter: AllSyncsFilter }) {
  if (Object.values(filter).some((value) => value !== undefined))
    return <EmptyNote>No sync fits the filter.</EmptyNote>;
  return <EmptyNote command="npx bridgekit sync">No app was synced yet. Run a connector.</EmptyNote>;
}
