import type { SyncSession } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { changesQuery } from "../api/queries.ts";
import { useAppId } from "../apps/app-scope.tsx";
import { DataTable } from "../components/data-table.tsx";
import { SkeletonRows } from "../components/skeleton.tsx";
import { useSession } from "../session/session.ts";
import { narrowChangeColumns } from "./change-columns.tsx";

const SHOWN = 10;

/** The first changes of a sync beside a list; its page has all of them, with filters. */
export function FirstChanges({ sync }: { sync: SyncSession }) {
  const session = useSession();
  const appId = useAppId();
  const { data } = useQuery(changesQuery(session, appId, sync, {}));
  if (data === undefined) return <SkeletonRows count={4} />;
  if (data.rows.length === 0) return <p className="text-sm text-soft">None.</p>;
  return (
    <>
      <DataTable
        label="Changes"
        columns={narrowChangeColumns}
        rows={data.rows.slice(0, SHOWN)}
        rowId={({ slug, id }) => `${slug} ${id}`}
      />
      {data.rows.length > SHOWN && (
        <Link
          to="/o/$org/apps/$appId/syncs/$syncId"
          params={{ org: session.org, appId, syncId: sync.sync_id }}
          className="text-sm text-link"
        >
          All changes
        </Link>
      )}
    </>
  );
}
