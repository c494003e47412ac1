import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { exportChanges, type RecentChange, type RecentFilter, recentChangesQuery } from "../api/change-queries.ts";
import { typesQuery } from "../api/queries.ts";
import { AppSelect } from "../apps/app-select.tsx";
import { TypeName } from "../apps/type-name.tsx";
import { ChoiceSelect } from "../components/choice-select.tsx";
import type { Column } from "../components/data-table.tsx";
import { DayField } from "../components/day-field.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { ExportButtons } from "../components/export-buttons.tsx";
import { FilterField } from "../components/filter-field.tsx";
import { ListView } from "../components/list-view.tsx";
import { Moment } from "../components/moment.tsx";
import { Page } from "../components/page.tsx";
import { DetailLink } from "../detail/detail-link.tsx";
import { NewRowsNote } from "../live/new-rows-note.tsx";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";
import { ChangeSortLinks } from "../syncs/change-sort-links.tsx";
import { ChangeMark } from "../syncs/change-mark.tsx";
import { ChangedRecord } from "../syncs/changed-record.tsx";
import { FieldChanges } from "../syncs/field-changes.tsx";
import { ChangesTabs } from "./changes-tabs.tsx";

const columns: readonly Column<RecentChange>[] = [
  { id: "at", header: "When", cell: ({ at }) => <Moment at={at} />, width: "w-24", hideBelow: "xs" },
  {
    id: "change",
    header: "Change",
    cell: ({ change, at }) => (
      <>
        <ChangeMark change={change} />
        <div className="text-xs text-soft @min-[27rem]:hidden">
          <Moment at={at} />
        </div>
      </>
    ),
    width: "w-28",
  },
  {
    id: "name",
    header: "Record",
    cell: (change) => <ChangedRecord appId={change.app_id} change={change} detailClass="@min-[40rem]:hidden" />,
    width: "w-52",
  },
  {
    id: "app",
    header: "App",
    cell: ({ app_name }) => <Text className="line-clamp-1 text-soft">{app_name}</Text>,
    width: "w-36",
    hideBelow: "sm",
  },
  {
    id: "slug",
    header: "Type",
    cell: ({ app_id, slug }) => (
      <span className="text-soft">
        <TypeName appId={app_id} slug={slug} />
      </span>
    ),
    width: "w-24",
    hideBelow: "lg",
  },
  {
    id: "what",
    header: "What changed",
    cell: (change) => <FieldChanges appId={change.app_id} change={change} />,
    hideBelow: "md",
  },
  { id: "proof", header: "Proof", cell: (change) => <Proof change={change} />, width: "w-28" },
];

/** The newest changes of all apps: who got or lost what, when, and the way to why. */
export function ChangesPage() {
  const session = useSession();
  const filter: RecentFilter = useSearch({ from: "/o/$org/changes/" });
  const query = useQuery(recentChangesQuery(session, filter));
  return (
    <Page
      title="Changes"
      subtitle="What syncs changed in all apps, the newest first."
      actions={<ExportButtons name="changes" toFile={(format) => exportChanges(session, filter, format)} />}
    >
      <ChangesTabs />
      <div className="flex flex-col gap-3">
        <ChangeFilters filter={filter} />
        <NewRowsNote query={query} appId={filter.app_id} topics={["changed"]} />
        <ListView
          label="Changes"
          query={query}
          columns={columns}
          rowId={({ sync_id, slug, id }) => `${sync_id} ${slug} ${id}`}
          empty={<NoChanges filter={filter} />}
        />
      </div>
    </Page>
  );
}

function ChangeFilters({ filter: { app_id } }: { filter: RecentFilter }) {
  const session = useSession();
  const { data: types } = useQuery({ ...typesQuery(session, app_id ?? ""), enabled: app_id !== undefined });
  return (
    <div className="no-print flex flex-wrap items-center gap-x-4 gap-y-2">
      <FilterField label="Name, email or id begins with" />
      <ChangeSortLinks />
      <AppSelect />
      {types !== undefined && (
        <ChoiceSelect
          label="Resource type"
          name="slug"
          all="Every type"
          choices={types.map(({ slug, name }) => ({ value: slug, label: name }))}
        />
      )}
      <span className="flex flex-wrap gap-2">
        <DayField label="From" name="from" />
        <DayField label="to" name="to" />
      </span>
    </div>
  );
}

function NoChanges({ filter }: { filter: RecentFilter }) {
  const { cursor, ...rest } = filter;
  const isFiltered = Object.values(rest).some((value) => value !== undefined);
  if (isFiltered || cursor !== undefined) return <EmptyNote>No change fits the filter.</EmptyNote>;
  return (
    <EmptyNote command="npx bridgekit sync">Nothing has changed yet; the first sync of an app does that.</EmptyNote>
  );
}

/** The sync that found a change, and why a record was removed. */
function Proof({ change: { app_id, sync_id, slug, id, change } }: { change: RecentChange }) {
  const { org } = useSession();
  return (
    <span className="flex gap-3">
      <DetailLink detail={{ kind: "sync", appId: app_id, id: sync_id }} className="relative z-1 text-link">
        Sync
      </DetailLink>
      {change === "removed" && (
        <Link
          to="/o/$org/apps/$appId/records/$slug/why"
          params={{ org, appId: app_id, slug }}
          search={{ id }}
          className="relative z-1 text-link"
        >
          Why?
        </Link>
      )}
    </span>
  );
}
