import type { SyncSession } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { Suspense, useMemo } from "react";
import { syncsQuery } from "../api/queries.ts";
import { read } from "../api/read.ts";
import { useAppId } from "../apps/app-scope.tsx";
import type { Column } from "../components/data-table.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { ExportButtons } from "../components/export-buttons.tsx";
import { ListView } from "../components/list-view.tsx";
import { Moment } from "../components/moment.tsx";
import { DetailLink } from "../detail/detail-link.tsx";
import { NewRowsNote } from "../live/new-rows-note.tsx";
import { useSession } from "../session/session.ts";
import { toSeconds } from "./session-counts.ts";
import { syncColumns } from "./sync-columns.tsx";
import { lazyPart } from "../lazy.ts";

const columns: readonly Column<SyncSession>[] = [
  { id: "started", header: "Started", cell: (session) => <SyncLink session={session} />, width: "w-40" },
  ...syncColumns,
];

// Fewer points make no line.
const FEWEST_DRAWN = 3;

const SyncChart = lazyPart(() => import("./sync-chart.tsx"), "SyncChart");

/** The sessions of an app, newest first. */
export function SyncsPage() {
  const session = useSession();
  const appId = useAppId();
  const { cursor } = useSearch({ strict: false });
  const query = useQuery(syncsQuery(session, appId, { cursor }));
  const ended = useMemo(() => (query.data?.rows ?? []).filter((sync) => toSeconds(sync) !== null), [query.data]);
  return (
    <div>
      {ended.length >= FEWEST_DRAWN && (
        <Suspense fallback={<div className="min-h-44" />}>
          <SyncChart sessions={ended} />
        </Suspense>
      )}
      <div className="flex justify-end pb-2">
        <ExportButtons
          name="syncs"
          toFile={(format) => {
            const params = { path: { app_id: appId }, query: { format } };
            const path = "/api/v1/bridge/apps/{app_id}/sync/export/";
            return read(session.client.api.GET(path, { params, parseAs: "blob" }));
          }}
        />
      </div>
      <NewRowsNote query={query} appId={appId} topics={["sync.started", "sync.ended"]} />
      <ListView
        label="Syncs"
        query={query}
        columns={columns}
        rowId={({ sync_id }) => sync_id}
        empty={
          <EmptyNote command="npx bridgekit sync">
            This app was never synced. Run its connector; the first complete sync fills the lists.
          </EmptyNote>
        }
      />
    </div>
  );
}

function SyncLink({ session: { sync_id, started_at } }: { session: SyncSession }) {
  const appId = useAppId();
  return (
    <DetailLink detail={{ kind: "sync", appId, id: sync_id }} className="row-target font-medium">
      <Moment at={started_at} />
    </DetailLink>
  );
}
