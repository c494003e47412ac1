import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  useNavigate,
} from "@tanstack/react-router";
import type { ComponentType } from "react";
import type { AllSyncsFilter, RecentFilter } from "./api/change-queries.ts";
import type { AuditFilter } from "./api/audit-queries.ts";
import type { MemberFilter } from "./api/record-queries.ts";
import type { RecordFilter, TaskFilter } from "./api/queries.ts";
import { AppName } from "./apps/app-name.tsx";
import { BASE } from "./base.ts";
import type { FleetFilter } from "./fleet/fleet-apps.ts";
import { Frame } from "./frame/frame.tsx";
import { BrokenPage } from "./frame/broken-page.tsx";
import { RecordCrumb, SyncCrumb, TaskCrumb } from "./frame/page-crumbs.tsx";
import { NotFoundPage } from "./frame/not-found-page.tsx";
import { loadPart } from "./lazy.ts";
import { parseSearch, pick, stringifySearch } from "./search.ts";
import { currentSession, useSessionState } from "./session/session.ts";
import { SignInPage } from "./session/sign-in-page.tsx";
import type { SyncFilter } from "./syncs/change-list.tsx";

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    /** What the bar at the top calls the page. */
    crumb?: ComponentType;
  }
  interface Register {
    router: typeof router;
  }
}

/** A page that is loaded when somebody goes there. */
const lazyPage: typeof lazyRouteComponent = (load, name) => lazyRouteComponent(() => loadPart(load), name);

const named = (name: string) => ({ crumb: () => name });

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: () => {
    const session = currentSession();
    if (session !== undefined) throw redirect({ to: "/o/$org", params: { org: session.org } });
  },
  component: function StartPage() {
    const navigate = useNavigate();
    return <SignInPage org={undefined} onSignedIn={(org) => void navigate({ to: "/o/$org", params: { org } })} />;
  },
});

/** Everything of an organisation is under its slug, so that a link leads whoever opens it to the same page. */
const orgRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/o/$org",
  // What is open beside a list.
  validateSearch: pick<{ open?: string }>("open"),
  component: function OrgPage() {
    const { org } = orgRoute.useParams();
    const { session } = useSessionState();
    return session?.org === org ? <Frame /> : <SignInPage key={org} org={org} />;
  },
});

const overviewRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: "/",
  staticData: named("Overview"),
  component: lazyPage(() => import("./overview/overview-page.tsx"), "OverviewPage"),
});

const appsRoute = createRoute({ getParentRoute: () => orgRoute, path: "apps", staticData: named("Apps") });

const appsIndexRoute = createRoute({
  getParentRoute: () => appsRoute,
  path: "/",
  validateSearch: pick<{ clone_group?: string }>("clone_group"),
  component: lazyPage(() => import("./apps/apps-page.tsx"), "AppsPage"),
});

const appRoute = createRoute({ getParentRoute: () => appsRoute, path: "$appId", staticData: { crumb: AppName } });

/** The parts of an app are shown under its name and tabs. */
const appPartsRoute = createRoute({
  getParentRoute: () => appRoute,
  id: "parts",
  component: lazyPage(() => import("./apps/app-page.tsx"), "AppPage"),
});

const syncsRoute = createRoute({
  getParentRoute: () => appPartsRoute,
  path: "/",
  validateSearch: pick<{ cursor?: string }>("cursor"),
  component: lazyPage(() => import("./syncs/syncs-page.tsx"), "SyncsPage"),
});

const recordsRoute = createRoute({
  getParentRoute: () => appPartsRoute,
  path: "records/$slug",
  validateSearch: pick<RecordFilter>("text", "status", "member_of", "assigned", "cursor"),
  component: lazyPage(() => import("./records/records-page.tsx"), "RecordsPage"),
});

const tasksRoute = createRoute({
  getParentRoute: () => appPartsRoute,
  path: "tasks",
  validateSearch: pick<TaskFilter>("text", "state", "code", "action", "cursor"),
  component: lazyPage(() => import("./tasks/tasks-page.tsx"), "TasksPage"),
});

const newTaskRoute = createRoute({
  getParentRoute: () => appPartsRoute,
  path: "tasks/new",
  staticData: named("New task"),
  validateSearch: pick<{ slug?: string; account?: string }>("slug", "account"),
  component: lazyPage(() => import("./tasks/new-task-page.tsx"), "NewTaskPage"),
});

const connectorRoute = createRoute({
  getParentRoute: () => appPartsRoute,
  path: "connector",
  component: lazyPage(() => import("./apps/connector-page.tsx"), "ConnectorPage"),
});

const syncRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "syncs/$syncId",
  staticData: { crumb: SyncCrumb },
  validateSearch: pick<SyncFilter>("change", "slug", "text", "cursor"),
  component: lazyPage(() => import("./syncs/sync-page.tsx"), "SyncPage"),
});

const recordRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "records/$slug/record",
  staticData: { crumb: RecordCrumb },
  // An id may be any text, which a path is not the place for.
  validateSearch: (search: Record<string, unknown>) => ({
    id: typeof search.id === "string" ? search.id : "",
    ...pick<MemberFilter>("at", "cursor")(search),
  }),
  component: lazyPage(() => import("./records/record-page.tsx"), "RecordPage"),
});

const whyRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "records/$slug/why",
  staticData: named("Why"),
  validateSearch: (search: Record<string, unknown>): { id: string; ref?: string } => ({
    id: typeof search.id === "string" ? search.id : "",
    ...(typeof search.ref === "string" && { ref: search.ref }),
  }),
  component: lazyPage(() => import("./records/why-page.tsx"), "WhyPage"),
});

const taskRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "tasks/$taskId",
  staticData: { crumb: TaskCrumb },
  component: lazyPage(() => import("./tasks/task-page.tsx"), "TaskPage"),
});

const allTasksRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: "tasks",
  staticData: named("Tasks"),
  validateSearch: pick<TaskFilter>("text", "state", "code", "action", "cursor"),
  component: lazyPage(() => import("./tasks/all-tasks-page.tsx"), "AllTasksPage"),
});

const changesRoute = createRoute({ getParentRoute: () => orgRoute, path: "changes", staticData: named("Changes") });

const changesIndexRoute = createRoute({
  getParentRoute: () => changesRoute,
  path: "/",
  validateSearch: pick<RecentFilter>("app_id", "change", "slug", "text", "from", "to", "cursor"),
  component: lazyPage(() => import("./changes/changes-page.tsx"), "ChangesPage"),
});

const allSyncsRoute = createRoute({
  getParentRoute: () => changesRoute,
  path: "syncs",
  staticData: named("Syncs"),
  validateSearch: pick<AllSyncsFilter>("app_id", "status", "from", "to", "cursor"),
  component: lazyPage(() => import("./changes/all-syncs-page.tsx"), "AllSyncsPage"),
});

const peopleRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: "people",
  staticData: named("People"),
  validateSearch: pick<{ text?: string; cursor?: string }>("text", "cursor"),
  component: lazyPage(() => import("./people/people-page.tsx"), "PeoplePage"),
});

const fleetRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: "fleet",
  staticData: named("Fleet"),
  validateSearch: pick<FleetFilter>("text", "state", "worker"),
  component: lazyPage(() => import("./fleet/fleet-page.tsx"), "FleetPage"),
});

const auditRoute = createRoute({ getParentRoute: () => orgRoute, path: "audit", staticData: named("Audit") });

const auditIndexRoute = createRoute({
  getParentRoute: () => auditRoute,
  path: "/",
  validateSearch: pick<AuditFilter>("text", "actor", "operation", "target", "app_id", "key_id", "from", "to", "cursor"),
  component: lazyPage(() => import("./audit/audit-page.tsx"), "AuditPage"),
});

const erasuresRoute = createRoute({
  getParentRoute: () => auditRoute,
  path: "erasures",
  staticData: named("Erasures"),
  validateSearch: pick<{ receipt?: string; cursor?: string }>("receipt", "cursor"),
  component: lazyPage(() => import("./erase/erasures-page.tsx"), "ErasuresPage"),
});

const keysRoute = createRoute({ getParentRoute: () => orgRoute, path: "keys", staticData: named("Keys") });

const keysIndexRoute = createRoute({
  getParentRoute: () => keysRoute,
  path: "/",
  validateSearch: pick<{ cursor?: string }>("cursor"),
  component: lazyPage(() => import("./keys/keys-page.tsx"), "KeysPage"),
});

const usersRoute = createRoute({
  getParentRoute: () => keysRoute,
  path: "users",
  staticData: named("People who sign in"),
  validateSearch: pick<{ cursor?: string }>("cursor"),
  component: lazyPage(() => import("./users/users-page.tsx"), "UsersPage"),
});

const systemRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: "system",
  staticData: named("System"),
  component: lazyPage(() => import("./system/system-page.tsx"), "SystemPage"),
});

const routeTree = rootRoute.addChildren([
  startRoute,
  orgRoute.addChildren([
    overviewRoute,
    appsRoute.addChildren([
      appsIndexRoute,
      appRoute.addChildren([
        appPartsRoute.addChildren([syncsRoute, recordsRoute, tasksRoute, newTaskRoute, connectorRoute]),
        syncRoute,
        recordRoute,
        whyRoute,
        taskRoute,
      ]),
    ]),
    peopleRoute,
    allTasksRoute,
    changesRoute.addChildren([changesIndexRoute, allSyncsRoute]),
    fleetRoute,
    auditRoute.addChildren([auditIndexRoute, erasuresRoute]),
    keysRoute.addChildren([keysIndexRoute, usersRoute]),
    systemRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  basepath: BASE.pathname,
  parseSearch,
  stringifySearch,
  defaultErrorComponent: BrokenPage,
  defaultPreload: "intent",
  scrollRestoration: true,
});
