import type { SyncSession } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ChangeFilter, changesQuery } from "../api/queries.ts";
import { useAppId } from "../apps/app-scope.tsx";
import { DataTable } from "../components/data-table.tsx";
import { QueryPart } from "../components/query-part.tsx";
import { useSession } from "../session/session.ts";
import { narrowChangeColumns } from "./change-columns.tsx";
import { defaultSort } from "./change-sort-links.tsx";

const SHOWN = 10;

/** The first changes of a sync beside a list; its page has all of them, with filters. */
export function FirstChanges({ sync }: { sync: SyncSession }) {
  const session = useSession();
  const appId = useAppId();
  const filter: ChangeFilter = defaultSort(sync) === "removed" ? { change: "removed" } : {};
  const query = useQuery(changesQuery(session, appId, sync, filter));
  return (
    <QueryPart title="The changes" query={query}>
      {({ rows, next }) =>
        rows.length === 0 ? (
          <p className="text-sm text-soft">None.</p>
        ) : (
          <>
            <DataTable
              label="Changes"
              columns={narrowChangeColumns}
              rows={rows.slice(0, SHOWN)}
              rowId={({ slug, id }) => `${slug} ${id}`}
            />
            {(rows.length > SHOWN || next !== undefined) && (
              <Link
                to="/o/$org/apps/$appId/syncs/$syncId"
                params={{ org: session.org, appId, syncId: sync.sync_id }}
                className="text-sm text-link"
              >
                All changes
              </Link>
            )}
          </>
        )
      }
    </QueryPart>
  );
}
