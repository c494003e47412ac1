import { Hono } from "hono";
import { requestId, type RequestIdVariables } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { BridgeContext } from "../bridge-context.ts";
import { toLoggable } from "../loggable-error.ts";
import { HttpError } from "./http-error.ts";
import { createMethodLookup } from "./method-not-allowed.ts";
import type { Handlers } from "./operation.ts";
import { addRoutes } from "./router.ts";

/** The HTTP side of the Bridge: routes, errors as `{"detail"}`, nothing else. */
export function createApp(handlers: Handlers, context: BridgeContext): Hono<{ Variables: RequestIdVariables }> {
  const app = new Hono<{ Variables: RequestIdVariables }>();
  const methodsOf = createMethodLookup();

  app.use(requestId());
  app.use(secureHeaders());
  app.get("/healthz", (call) => call.json({ status: "ok" }));
  addRoutes(app, handlers, context);

  app.notFound((call) => {
    const methods = methodsOf(call.req.path);
    if (methods.length === 0) return call.json({ detail: `Nothing is here: ${call.req.path}` }, 404);
    return call.json({ detail: `${call.req.method} is not possible here; ${methods.join(", ")} is.` }, 405, {
      allow: methods.join(", "),
    });
  });

  app.onError((error, call) => {
    if (error instanceof HttpError) {
      return call.json({ detail: error.message }, error.status as ContentfulStatusCode, { ...error.headers });
    }
    const id = call.get("requestId");
    const { method, path } = call.req;
    context.logger.error({ error: toLoggable(error), requestId: id, method, path }, "request failed");
    return call.json({ detail: `The Bridge failed to answer; its log tells why, under request id ${id}.` }, 500);
  });

  return app;
}
