import type { AuditEntry } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { type AuditFilter, auditQuery } from "../api/audit-queries.ts";
import { overviewQuery } from "../api/queries.ts";
import type { Column } from "../components/data-table.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { formatNumber } from "../components/format.ts";
import { ListView } from "../components/list-view.tsx";
import { Moment } from "../components/moment.tsx";
import { Page } from "../components/page.tsx";
import { StateMark } from "../components/state-mark.tsx";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";
import { AuditDetails } from "./audit-details.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditTabs } from "./audit-tabs.tsx";
import { NewEntriesNote } from "./new-entries-note.tsx";
import { describeOperation } from "./operations.ts";

const columns: readonly Column<AuditEntry>[] = [
  { id: "at", header: "When", cell: ({ at }) => <Moment at={at} />, width: "w-28" },
  { id: "who", header: "Who", cell: (entry) => <Who entry={entry} />, width: "w-48" },
  { id: "what", header: "What", cell: (entry) => <What entry={entry} />, width: "w-44" },
  { id: "app", header: "App", cell: ({ app_id }) => <AuditedApp appId={app_id} />, width: "w-44", hideBelow: "md" },
  { id: "details", header: "Before and after", cell: (entry) => <AuditDetails entry={entry} />, hideBelow: "sm" },
];

/** What was changed and what was refused, newest first. */
export function AuditPage() {
  const session = useSession();
  const filter: AuditFilter = useSearch({ from: "/o/$org/audit/" });
  const query = useQuery(auditQuery(session, filter));
  const isFiltered = Object.entries(filter).some(([name, value]) => name !== "cursor" && value !== undefined);
  return (
    <Page title="Audit" subtitle="Every change, and what was refused, by whom.">
      <AuditTabs />
      <AuditFilters filter={filter} />
      <div>
        {filter.cursor === undefined && query.data && (
          <NewEntriesNote filter={filter} first={query.data.rows[0]} onShow={() => void query.refetch()} />
        )}
        <ListView
          label="Entries"
          query={query}
          columns={columns}
          rowId={({ id }) => id}
          empty={<EmptyNote>{isFiltered ? "No entry fits the filter." : "Nothing was changed yet."}</EmptyNote>}
        />
      </div>
    </Page>
  );
}

function Who({ entry: { key_id, key_name } }: { entry: AuditEntry }) {
  if (key_id === null) return <span className="text-soft">on the machine of the Bridge</span>;
  return (
    <Link to="." search={(previous) => ({ ...previous, key_id, cursor: undefined })} className="hover:underline">
      <Text>{key_name ?? key_id}</Text>
    </Link>
  );
}

function What({ entry: { operation, path, status, refusals } }: { entry: AuditEntry }) {
  const isRefused = status !== null && status >= 400;
  return (
    <span className="flex flex-col">
      <span title={path}>{describeOperation(operation)}</span>
      {isRefused && (
        <StateMark tone="amber" icon="cross">
          Refused{refusals && refusals.count > 1 ? `, ${formatNumber(refusals.count)} times` : ""} ({status})
        </StateMark>
      )}
    </span>
  );
}

function AuditedApp({ appId }: { appId: string | null }) {
  const { data } = useQuery(overviewQuery(useSession()));
  if (appId === null) return null;
  const app = data?.apps.find(({ app_id }) => app_id === appId);
  return (
    <Link to="." search={(previous) => ({ ...previous, app_id: appId, cursor: undefined })} className="hover:underline">
      {app ? <Text className="line-clamp-2">{app.name}</Text> : <code className="text-xs">{appId.slice(0, 8)}</code>}
    </Link>
  );
}
