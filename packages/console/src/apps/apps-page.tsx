import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { overviewQuery } from "../api/queries.ts";
import { read } from "../api/read.ts";
import { EmptyNote } from "../components/empty-note.tsx";
import { ErrorNote } from "../components/error-note.tsx";
import { ExportButtons } from "../components/export-buttons.tsx";
import { formatCount } from "../components/format.ts";
import { Page } from "../components/page.tsx";
import { SkeletonRows } from "../components/skeleton.tsx";
import { useSession } from "../session/session.ts";
import { AppTable } from "./app-table.tsx";
import { CloneGroupSelect } from "./clones.tsx";
import { NoAppsNote } from "./no-apps-note.tsx";

export function AppsPage() {
  const session = useSession();
  const { data, error, refetch } = useQuery(overviewQuery(session));
  const { clone_group: group } = useSearch({ from: "/o/$org/apps/" });
  const shown = (data?.apps ?? []).filter(({ clone_group }) => group === undefined || clone_group === group);
  return (
    <Page
      title="Apps"
      aside={data && <span className="text-sm text-soft">{formatCount(shown.length, "app")}</span>}
      actions={
        shown.length > 0 && (
          <ExportButtons
            name="apps"
            toFile={(format) => {
              const params = { query: { format, ...(group !== undefined && { clone_group: group }) } };
              return read(session.client.api.GET("/api/v1/bridge/apps/export/", { params, parseAs: "blob" }));
            }}
          />
        )
      }
    >
      {data ? (
        data.apps.length === 0 ? (
          <NoAppsNote />
        ) : (
          <div className="flex flex-col gap-3">
            <CloneGroupSelect apps={data.apps} />
            {shown.length === 0 ? <EmptyNote>No app is in this clone group.</EmptyNote> : <AppTable apps={shown} />}
          </div>
        )
      ) : error ? (
        <ErrorNote error={error} title="The apps could not be read." onRetry={() => void refetch()} />
      ) : (
        <SkeletonRows />
      )}
    </Page>
  );
}
