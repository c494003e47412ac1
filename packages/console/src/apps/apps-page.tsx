import { useQuery } from "@tanstack/react-query";
import { overviewQuery } from "../api/queries.ts";
import { ErrorNote } from "../components/error-note.tsx";
import { formatCount } from "../components/format.ts";
import { Page } from "../components/page.tsx";
import { SkeletonRows } from "../components/skeleton.tsx";
import { useSession } from "../session/session.ts";
import { AppTable } from "./app-table.tsx";
import { NoAppsNote } from "./no-apps-note.tsx";

export function AppsPage() {
  const { data, error, refetch } = useQuery(overviewQuery(useSession()));
  return (
    <Page
      title="Apps"
      aside={data && <span className="text-sm text-soft">{formatCount(data.apps.length, "app")}</span>}
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
