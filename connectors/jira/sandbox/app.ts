import { NotOffered } from "@bridgekit/sandbox";
import { Hono, type Context } from "hono";
import type { ApiEnvironment } from "./api.ts";
import { readBasic, toCaller, type Credential } from "./caller.ts";
import { JiraError, notFound, unauthorized } from "./jira-error.ts";
import type { JiraSite } from "./jira-site.ts";
import { createOrganization, type OrganizationSettings } from "./organization.ts";
import { createUserManagement } from "./user-management.ts";
import { groups } from "./routes/groups.ts";
import { instance } from "./routes/instance.ts";
import { permissions } from "./routes/permissions.ts";
import { pickers } from "./routes/pickers.ts";
import { projectRoles } from "./routes/project-roles.ts";
import { projects } from "./routes/projects.ts";
import { roles } from "./routes/roles.ts";
import { users } from "./routes/users.ts";

export interface AppOptions {
  site: JiraSite;
  cloudId: string;
  credentials: readonly Credential[];
  organization: OrganizationSettings;
  newAccountId: () => string;
}

/** The sandbox's HTTP app: the site, Atlassian's gateway to it, and the organization. */
export function createApp(options: AppOptions): Hono<ApiEnvironment> {
  const { site, cloudId, organization } = options;
  const app = new Hono<ApiEnvironment>();
  for (const version of ["2", "3"]) {
    mount(app, `/rest/api/${version}`, options);
    mount(app, `/ex/jira/${cloudId}/rest/api/${version}`, options);
  }
  app.get("/_edge/tenant_info", (context) => context.json({ cloudId }));
  app.route("/admin", createOrganization(site, organization));
  app.route("/users", createUserManagement(site, organization.apiKey));
  // The gateway serves only this site.
  app.all("/ex/jira/:cloudId/*", (context, next) => {
    if (context.req.param("cloudId") !== cloudId)
      throw notFound(`No site has the cloud id ${context.req.param("cloudId")}.`);
    return next();
  });
  app.notFound(({ req }) => respondNotOffered(new NotOffered(`${req.method} ${req.path}`)));
  app.onError((error, context) => {
    if (error instanceof NotOffered) return respondNotOffered(error);
    // Errors of the sandbox itself go to the caller of `fetch`.
    if (!(error instanceof JiraError)) throw error;
    return respondWithError(context, error);
  });
  return app;
}

function mount(app: Hono<ApiEnvironment>, path: string, { site, credentials, newAccountId }: AppOptions): void {
  app.use(`${path}/*`, async (context, next) => {
    const url = new URL(context.req.url);
    const authorization = context.req.header("authorization") ?? null;
    // Without credentials only the site's description is available.
    const isAnonymous = authorization === null && url.pathname === `${path}/serverInfo`;
    const { email, role } = isAnonymous ? { email: "", role: "user" as const } : readBasic(authorization, credentials);
    const user = site.users.values().find(({ emailAddress, status }) => emailAddress === email && status === "active");
    if (!user && !isAnonymous) throw unauthorized();
    context.set("site", site);
    context.set("caller", toCaller(user?.accountId ?? "", role));
    context.set("base", url.origin + path);
    context.set("url", url);
    context.set("newAccountId", newAccountId);
    await next();
    decorate(context, user?.accountId);
  });
  for (const routes of [users, groups, pickers, permissions, projectRoles, projects, roles, instance])
    app.route(path, routes);
}

/** The headers that Jira's edge adds to responses. */
function decorate({ res: { headers } }: Context, accountId: string | undefined): void {
  if (headers.get("content-type")?.startsWith("application/json"))
    headers.set("content-type", "application/json;charset=UTF-8");
  headers.set("cache-control", "no-cache, no-store, no-transform");
  headers.set("x-content-type-options", "nosniff");
  if (accountId !== undefined) headers.set("x-aaccountid", encodeURIComponent(accountId));
}

function respondWithError(context: Context, error: JiraError): Response {
  const { status } = error;
  const response = context.json(error.toBody(), status, { "content-type": "application/json;charset=UTF-8" });
  if (status === 401)
    response.headers.set("www-authenticate", `OAuth realm="${encodeURIComponent(new URL(context.req.url).origin)}"`);
  return response;
}

function respondNotOffered(error: NotOffered): Response {
  return error.toResponse((message) => ({ errorMessages: [message], errors: {} }));
}
