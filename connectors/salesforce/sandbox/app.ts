import { Hono, type Context } from "hono";
import type { ApiEnvironment } from "./api.ts";
import { Cursors } from "./cursors.ts";
import { createOAuth, type OAuthOptions } from "./oauth.ts";
import { composite } from "./routes/composite.ts";
import { limits } from "./routes/limits.ts";
import { password } from "./routes/password.ts";
import { query } from "./routes/query.ts";
import { sobjects } from "./routes/sobjects.ts";
import { notFound, SalesforceError } from "./salesforce-error.ts";
import { tokenOf } from "./sessions.ts";
import type { Usage } from "./usage.ts";

export interface AppOptions extends OAuthOptions {
  usage: Usage;
  /** Most records of a page. */
  pageSize: number;
  mayWrite: boolean;
}

const VERSIONS = [50, 60, 61, 62, 63, 64, 65, 66, 67].map((number) => `${number}.0`);
const ROOT = "/services/data/:version{v\\d\\d\\.0}";

/** The HTTP face of the sandbox: sign-in, and every version of the API, which are all the same here. */
export function createApp(options: AppOptions): Hono<ApiEnvironment> {
  const { org, sessions, usage, pageSize, mayWrite } = options;
  const cursors = new Cursors(pageSize);
  const app = new Hono<ApiEnvironment>();
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
    usage.count();
    context.set("org", org);
    context.set("cursors", cursors);
    context.set("usage", usage);
    context.set("userId", userId);
    context.set("session", tokenOf(authorization));
    context.set("root", `/services/data/${context.req.param("version")}`);
    context.set("mayWrite", mayWrite);
    await next();
    context.res.headers.set("sforce-limit-info", usage.toHeader());
  });
  for (const routes of [query, password, sobjects, composite, limits]) app.route(ROOT, routes);
  app.notFound((context) => answerError(context, notFound()));
  app.onError((error, context) => {
    // A mistake in the sandbox itself is for the caller of `fetch` to see.
    if (!(error instanceof SalesforceError)) throw error;
    return answerError(context, error);
  });
  return app;
}

function answerError(context: Context, error: SalesforceError): Response {
  const response = context.json(error.toBody(), error.status, { "content-type": "application/json;charset=UTF-8" });
  if (error.status === 401) response.headers.set("www-authenticate", "Token");
  return response;
}
