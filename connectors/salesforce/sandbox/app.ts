import { Hono, type Context } from "hono";
import { createRoutes, type ApiEnvironment } from "./api.ts";
import { Cursors } from "./cursors.ts";
import { createOAuth, type OAuthOptions } from "./oauth.ts";
import { composite } from "./routes/composite.ts";
import { password } from "./routes/password.ts";
import { query } from "./routes/query.ts";
import { sobjects } from "./routes/sobjects.ts";
import { NotOffered } from "@bridgekit/sandbox";
import { changed } from "./routes/changed.ts";
import { createDispatch, requests } from "./routes/requests.ts";
import { SalesforceError } from "./salesforce-error.ts";
import { tokenOf } from "./sessions.ts";
import type { Usage } from "./usage.ts";

export interface AppOptions extends OAuthOptions {
  usage: Usage;
  /** The maximum number of records of a page. */
  pageSize: number;
  mayWrite: boolean;
}

const VERSIONS = [50, 60, 61, 62, 63, 64, 65, 66, 67].map((number) => `${number}.0`);
const ROOT = "/services/data/:version{v\\d\\d\\.0}";

/** The sandbox's HTTP app: sign-in, and every version of the API, which do not differ here. */
export function createApp(options: AppOptions): Hono<ApiEnvironment> {
  const { org, sessions, usage, pageSize, mayWrite } = options;
  const cursors = new Cursors(pageSize);
  // Salesforce writes some paths with a trailing slash.
  const app = new Hono<ApiEnvironment>({ strict: false });
  const isInner = new WeakSet<Request>();
  const fetchInner = async (request: Request) => {
    isInner.add(request);
    return app.fetch(request);
  };
  app.route("/", createOAuth(options));
  app.get("/services/data", (context) =>
    context.json(
      VERSIONS.map((version) => ({ label: `Release ${version}`, url: `/services/data/v${version}`, version })),
    ),
  );
  app.use(`${ROOT}/*`, async (context, next) => {
    const authorization = context.req.header("authorization");
    const userId = sessions.userOf(authorization);
    if (userId === undefined) throw new SalesforceError(401, "INVALID_SESSION_ID", "Session expired or invalid");
    // A request within a call does not count.
    if (!isInner.has(context.req.raw)) usage.count();
    context.set("org", org);
    context.set("cursors", cursors);
    context.set("usage", usage);
    context.set("userId", userId);
    context.set("session", tokenOf(authorization));
    context.set("root", `/services/data/${context.req.param("version")}`);
    context.set("dispatch", createDispatch(fetchInner, context));
    context.set("mayWrite", mayWrite);
    await next();
    context.res.headers.set("sforce-limit-info", usage.toHeader());
  });
  for (const routes of [query, password, changed, sobjects, composite, requests, limits]) app.route(ROOT, routes);
  app.notFound(({ req }) => respondNotOffered(new NotOffered(`${req.method} ${req.path}`)));
  app.onError((error, context) => {
    if (error instanceof NotOffered) return respondNotOffered(error);
    // Errors of the sandbox itself go to the caller of `fetch`.
    if (!(error instanceof SalesforceError)) throw error;
    return respondWithError(context, error);
  });
  return app;
}

function respondWithError(context: Context, error: SalesforceError): Response {
  const response = context.json(error.toBody(), error.status, { "content-type": "application/json;charset=UTF-8" });
  if (error.status === 401) response.headers.set("www-authenticate", "Token");
  return response;
}

function respondNotOffered(error: NotOffered): Response {
  return error.toResponse((message) => [{ message, errorCode: "NOT_OFFERED_BY_THIS_STAND_IN" }]);
}

const limits = createRoutes();

limits.get("/limits", (context) => {
  const { used, max } = context.var.usage;
  return context.json({
    DailyApiRequests: { Max: max, Remaining: Math.max(0, max - used) },
    ConcurrentAsyncGetReportInstances: { Max: 200, Remaining: 200 },
    DataStorageMB: { Max: 5, Remaining: 5 },
  });
});

limits.get("/", (context) => {
  const { root } = context.var;
  const names = ["sobjects", "query", "queryAll", "limits", "composite"];
  return context.json(Object.fromEntries(names.map((name) => [name, `${root}/${name}`])));
});
