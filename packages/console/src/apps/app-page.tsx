import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { appQuery, overviewQuery, typesQuery } from "../api/queries.ts";
import { Moment } from "../components/moment.tsx";
import { Page } from "../components/page.tsx";
import { QueryPage } from "../components/query-page.tsx";
import { QueryError } from "../components/query-part.tsx";
import { type Tab, TabLinks } from "../components/tab-links.tsx";
import { useSession } from "../session/session.ts";
import { useAppId } from "./app-scope.tsx";
import { AppStateMark } from "./app-state-mark.tsx";
import { Clones } from "./clones.tsx";
import { RunnerFacts } from "./runner-facts.tsx";
import { toShownState } from "./shown-state.ts";

/** An app: its state and its parts. */
export function AppPage() {
  const session = useSession();
  const { org } = session;
  const appId = useAppId();
  const query = useQuery(appQuery(session, appId));
  const typesRead = useQuery(typesQuery(session, appId));
  const types = typesRead.data ?? [];
  const { apps = [] } = useQuery(overviewQuery(session)).data ?? {};
  const overview = apps.find(({ app_id }) => app_id === appId);
  const params = { org, appId };
  const order = ["account", "group", "license"];
  const tabs: Tab[] = [
    { label: "Syncs", link: { to: "/o/$org/apps/$appId", params }, isExact: true },
    ...types
      .toSorted((one, other) => order.indexOf(one.type) - order.indexOf(other.type))
      .map(({ slug, name }) => ({
        label: name,
        link: { to: "/o/$org/apps/$appId/records/$slug" as const, params: { ...params, slug } },
      })),
    { label: "Tasks", link: { to: "/o/$org/apps/$appId/tasks", params } },
    { label: "Connector", link: { to: "/o/$org/apps/$appId/connector", params } },
  ];
  return (
    <QueryPage title="The app" query={query}>
      {({ name, last_synced_at }) => (
        <Page
          title={name}
          aside={overview && <AppStateMark state={toShownState(overview)} />}
          subtitle={
            <>
              In step as of <Moment at={last_synced_at} />
              {overview?.partial && (
                <>
                  {" "}
                  · partial since <Moment at={overview.partial.since} />:{" "}
                  {overview.partial.reason ?? "no reason was given"}
                </>
              )}
              {overview && <RunnerFacts app={overview} />}
              {overview && <Clones app={overview} apps={apps} />}
            </>
          }
        >
          <TabLinks label={`Parts of ${name}`} tabs={tabs} />
          <QueryError title="The resource types, which have tabs of their own," query={typesRead} />
          <Outlet />
        </Page>
      )}
    </QueryPage>
  );
}
