import { Hono, type MiddlewareHandler } from "hono";
import { every } from "hono/combine";
import { requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { addConsole } from "../console/add-console.ts";
import { CallerGoneError } from "../database/caller.ts";
import { DatabaseFailure } from "../database/embedded/database-failure.ts";
import { describeTrouble, isConflict, isTooSlow } from "../database/transient-error.ts";
import type { BridgeContext } from "../bridge-context.ts";
import { toLoggable } from "../loggable-error.ts";
import { addOperations } from "../operations/add-operations.ts";
import { toLoggablePath } from "../operations/loggable-path.ts";
import { OPERATIONS_PATHS } from "../operations/operations-paths.ts";
import { observeRequests } from "../operations/observe-requests.ts";
import { addSignIn } from "../sign-in/add-sign-in.ts";
import type { AppEnvironment } from "./app-environment.ts";
import { HttpError } from "./http-error.ts";
import type { Handlers } from "./operation.ts";
import { addRoutes, routes } from "./router.ts";

// Long enough for common trace ids, too short for an API key.
const REQUEST_ID_LENGTH = 48;

/** The HTTP side of the Bridge: routes, and errors as `{"detail"}`. */
export function createApp(handlers: Handlers, context: BridgeContext): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>();
  const methodsOf = createMethodLookup();

  app.use(requestId({ limitLength: REQUEST_ID_LENGTH }));
  app.use(observeRequests(context));
  app.use(protectResponses());
  addOperations(app, context);
  addConsole(app);
  addSignIn(app, context);
  addRoutes(app, handlers, context);

  app.notFound((call) => {
    const methods = methodsOf(call.req.path);
    if (methods.length === 0) return call.json({ detail: `Not found: ${call.req.path}` }, 404);
    return call.json({ detail: `${call.req.method} is not allowed here; use ${methods.join(" or ")}.` }, 405, {
      allow: methods.join(", "),
    });
  });

  app.onError((error, call) => {
    if (error instanceof HttpError) {
      return call.json({ detail: error.message }, error.status as ContentfulStatusCode, { ...error.headers });
    }
    // The client has gone; proxies log this status.
    if (error instanceof CallerGoneError) return new Response(null, { status: 499 });
    if (error instanceof DatabaseFailure)
      return call.json({ detail: "The database of the Bridge failed; /readyz shows why. Restart the Bridge." }, 503);
    if (isTooSlow(error)) {
      context.logger.warn({ error: toLoggable(error), requestId: call.get("requestId") }, "the database is too slow");
      const detail = "The database took too long. Narrow the request, or try again.";
      return call.json({ detail }, 503, { "retry-after": "5" });
    }
    if (isConflict(error)) {
      const detail = "Another call changed the same data at the same time, so this one was rolled back. Try again.";
      return call.json({ detail }, 503, { "retry-after": "1" });
    }
    const id = call.get("requestId");
    const { method, path } = call.req;
    const line = { error: toLoggable(error), requestId: id, method, path: toLoggablePath(path) };
    const trouble = describeTrouble(error);
    if (trouble !== undefined) {
      context.logger.error(line, "the database failed a request");
      const detail = `The database ${trouble}. Try again; the log of the Bridge has the cause under request id ${id}.`;
      return call.json({ detail }, 503, { "retry-after": "5" });
    }
    context.logger.error(line, "request failed");
    return call.json({ detail: `Internal error; the log of the Bridge has the cause under request id ${id}.` }, 500);
  });

  return app;
}

/**
 * Forbids browsers to guess the type of a response, frame it, keep it or show it to another site. A response that needs
 * other rules sets its own. TLS is terminated by a proxy, which sends `Strict-Transport-Security`.
 */
function protectResponses(): MiddlewareHandler {
  const headers = secureHeaders({
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    xFrameOptions: "DENY",
    strictTransportSecurity: false,
    overwrite: false,
  });
  return every(headers, async (call, next) => {
    await next();
    if (!call.res.headers.has("cache-control")) call.header("cache-control", "no-store");
  });
}

/** Returns the methods that a path supports, none if it does not exist. */
function createMethodLookup(): (path: string) => string[] {
  const templates = routes.map(({ method, path }) => ({
    method,
    pattern: new RegExp(`^/org/[^/]+${path.replaceAll(/:\w+/g, "[^/]+")}?$`),
  }));
  for (const path of OPERATIONS_PATHS) templates.push({ method: "GET", pattern: new RegExp(`^${path}$`) });
  return (path) => [...new Set(templates.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))];
}
