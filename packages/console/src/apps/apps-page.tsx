import { useQuery } from "@tanstack/react-query";
import { overviewQuery } from "../api/queries.ts";
import { read } from "../api/read.ts";
import { ErrorNote } from "../components/error-note.tsx";
import { ExportButtons } from "../components/export-buttons.tsx";
import { formatCount } from "../components/format.ts";
import { Page } from "../components/page.tsx";
import { SkeletonRows } from "../components/skeleton.tsx";
import { useSession } from "../session/session.ts";
import { AppTable } from "./app-table.tsx";
import { NoAppsNote } from "./no-apps-note.tsx";

export function AppsPage() {
  const session = useSession();
  const { data, error, refetch } = useQuery(overviewQuery(session));
  return (
    <Page
      title="Apps"
      aside={data && <span className="text-sm text-soft">{formatCount(data.apps.length, "app")}</span>}
      actions={
        data !== undefined &&
        data.apps.length > 0 && (
          <ExportButtons
            name="apps"
            toFile={(format) => {
              const params = { query: { format } };
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
          <AppTable apps={data.apps} />
        )
      ) : error ? (
        <ErrorNote error={error} title="The apps could not be read." onRetry={() => void refetch()} />
      ) : (
        <SkeletonRows />
      )}
    </Page>
  );
}
