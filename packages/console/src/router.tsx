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
import { BASE } from "./base.ts";
import { Frame } from "./frame/frame.tsx";
import { NotFoundPage } from "./frame/not-found-page.tsx";
import { currentSession, useSessionState } from "./session/session.ts";
import { SignInPage } from "./session/sign-in-page.tsx";

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    /** What the bar at the top calls the page. */
    crumb?: ComponentType;
  }
  interface Register {
    router: typeof router;
  }
}

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
  component: function OrgPage() {
    const { org } = orgRoute.useParams();
    const { session } = useSessionState();
    return session?.org === org ? <Frame /> : <SignInPage key={org} org={org} />;
  },
});

const overviewRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/o/$org/apps", params });
  },
});

const appsRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: "apps",
  staticData: { crumb: () => "Apps" },
});

const appsIndexRoute = createRoute({
  getParentRoute: () => appsRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./apps/apps-page.tsx"), "AppsPage"),
});

const routeTree = rootRoute.addChildren([
  startRoute,
  orgRoute.addChildren([overviewRoute, appsRoute.addChildren([appsIndexRoute])]),
]);

export const router = createRouter({
  routeTree,
  basepath: BASE.pathname,
  defaultPreload: "intent",
  scrollRestoration: true,
});
