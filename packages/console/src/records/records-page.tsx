import type { LiveRecord, ResourceType } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { X } from "lucide-react";
import { type RecordFilter, recordsQuery, typesQuery } from "../api/queries.ts";
import { read } from "../api/read.ts";
import { ChoiceLinks } from "../components/choice-links.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { ExportButtons } from "../components/export-buttons.tsx";
import { FilterField } from "../components/filter-field.tsx";
import { ListView } from "../components/list-view.tsx";
import { NewRowsNote } from "../live/new-rows-note.tsx";
import { useSession } from "../session/session.ts";
import { columnsOf } from "./record-columns.tsx";
import { Text } from "./text.tsx";

/** The accounts, groups or licenses of an app, by what is asked for in the address. */
export function RecordsPage() {
  const session = useSession();
  const { appId, slug } = useParams({ from: "/o/$org/apps/$appId/parts/records/$slug" });
  const filter: RecordFilter = useSearch({ from: "/o/$org/apps/$appId/parts/records/$slug" });
  const { data: types } = useQuery(typesQuery(session, appId));
  const type = types?.find((candidate) => candidate.slug === slug);
  const query = useQuery(recordsQuery(session, appId, slug, filter));
  if (type === undefined) return null;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <FilterField
          key={slug}
          label={type.type === "account" ? "Name, email or id begins with" : "Name or id begins with"}
        />
        <ChoiceLinks
          label="State"
          name="status"
          choices={[
            { value: undefined, label: "All" },
            { value: "active", label: "Active" },
            ...(type.type === "account" ? [{ value: "suspended", label: "Suspended" }] : []),
            { value: "inactive", label: "Removed" },
          ]}
        />
        <RefFilter filter={filter} />
        <div className="ml-auto">
          <ExportButtons
            name={slug}
            toFile={(format) => {
              const { text, status, member_of, assigned } = filter;
              const params = { path: { app_id: appId, slug }, query: { format, text, status, member_of, assigned } };
              const path = "/api/v1/bridge/apps/{app_id}/export/{slug}/";
              return read(session.client.api.GET(path, { params, parseAs: "blob" }));
            }}
          />
        </div>
      </div>
      <NewRowsNote query={query} appId={appId} topics={[`changed ${slug}`]} word="changed" />
      <ListView
        label={type.name}
        query={query}
        columns={columnsOf(type.type)}
        rowId={({ data }: LiveRecord) => data.id}
        empty={<NoRecords type={type} filter={filter} />}
      />
    </div>
  );
}

/** That only members of a group, or users of a license, are listed. */
function RefFilter({ filter: { member_of, assigned } }: { filter: RecordFilter }) {
  const ref = member_of ?? assigned;
  if (ref === undefined) return null;
  return (
    <Link
      to="."
      search={(previous) => ({ ...previous, member_of: undefined, assigned: undefined, cursor: undefined })}
      className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-md bg-selected px-2.5 text-sm text-accent"
    >
      <span className="truncate">
        {member_of === undefined ? "uses" : "is in"} <Text>{ref.slice(ref.indexOf(":") + 1)}</Text>
      </span>
      <X size={14} aria-label="Remove this filter" className="shrink-0" />
    </Link>
  );
}

function NoRecords({
  type,
  filter: { text, status, member_of, assigned },
}: {
  type: ResourceType;
  filter: RecordFilter;
}) {
  const isFiltered = text !== undefined || status !== undefined || member_of !== undefined || assigned !== undefined;
  if (isFiltered) return <EmptyNote>No record of {type.name} fits the filter.</EmptyNote>;
  return (
    <EmptyNote command="npx bridgekit sync">
      No {type.name} is here yet; the first complete sync fills the list.
    </EmptyNote>
  );
}
