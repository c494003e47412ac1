import { useQuery } from "@tanstack/react-query";
import { type SyncOfApp, allSyncsQuery } from "../api/change-queries.ts";
import { CountCell } from "../components/count-cell.tsx";
import { type Column, DataTable } from "../components/data-table.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { ErrorNote } from "../components/error-note.tsx";
import { Moment } from "../components/moment.tsx";
import { Page } from "../components/page.tsx";
import { SkeletonRows } from "../components/skeleton.tsx";
import { DetailLink } from "../detail/detail-link.tsx";
import { NewRowsNote } from "../live/new-rows-note.tsx";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";
import { SyncStateMark } from "../syncs/sync-state-mark.tsx";
import { ChangesTabs } from "./changes-tabs.tsx";

const columns: readonly Column<SyncOfApp>[] = [
  {
    id: "started",
    header: "Started",
    cell: ({ app_id, sync_id, started_at, name }) => (
      <>
        <DetailLink detail={{ kind: "sync", appId: app_id, id: sync_id }} className="row-target font-medium">
          <Moment at={started_at} />
        </DetailLink>
        <div className="text-xs text-soft @min-[27rem]:hidden">
          <Text className="line-clamp-2">{name}</Text>
        </div>
      </>
    ),
    width: "@min-[27rem]:w-32",
  },
  {
    id: "app",
    header: "App",
    cell: ({ name }) => <Text className="line-clamp-1">{name}</Text>,
    hideBelow: "xs",
  },
  { id: "state", header: "State", cell: (row) => <State row={row} />, width: "w-36" },
  {
    id: "created",
    header: "Created",
    cell: ({ created }) => <CountCell count={created} />,
    isNumber: true,
    width: "w-24",
    hideBelow: "sm",
  },
  {
    id: "updated",
    header: "Updated",
    cell: ({ updated }) => <CountCell count={updated} />,
    isNumber: true,
    width: "w-24",
    hideBelow: "sm",
  },
  {
    id: "removed",
    header: "Removed",
    cell: ({ removed }) => <CountCell count={removed} tone="font-medium" />,
    isNumber: true,
    width: "w-24",
  },
];

/** The newest syncs of all apps. */
export function AllSyncsPage() {
  const query = useQuery(allSyncsQuery(useSession()));
  const { data, error, refetch } = query;
  return (
    <Page title="Changes" subtitle="The newest syncs of all apps; the page of an app has all of its own.">
      <ChangesTabs />
      <NewRowsNote query={query} topics={["sync.started", "sync.ended"]} />
      {data === undefined ? (
        error === null ? (
          <SkeletonRows />
        ) : (
          <ErrorNote error={error} title="The syncs could not be read." onRetry={() => void refetch()} />
        )
      ) : data.length === 0 ? (
        <EmptyNote command="npx bridgekit sync">No app was synced yet. Run a connector.</EmptyNote>
      ) : (
        <DataTable label="Syncs" columns={columns} rows={data} rowId={({ sync_id }) => sync_id} />
      )}
    </Page>
  );
}

function State({ row: { status, sync_id, held } }: { row: SyncOfApp }) {
  const error = { error_code: "REMOVALS_HELD" as const, message: held?.message ?? "" };
  return <SyncStateMark session={{ status, ...(held?.sync_id === sync_id && { error }) }} />;
}
