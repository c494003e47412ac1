import type { Context as HonoContext, Hono } from "hono";
import type { BridgeContext } from "../bridge-context.ts";
import type { AppEnvironment } from "../http/app-environment.ts";
import { toReachedUrl } from "../http/reached-url.ts";
import { openapiDocument } from "../http/openapi-document.ts";
import { addApiReference } from "./api-reference.ts";
import { createReadiness } from "./readiness.ts";

/** Serves what operators need: liveness, readiness, metrics and the contract. */
export function addOperations(app: Hono<AppEnvironment>, context: BridgeContext): void {
  const readiness = createReadiness(context);
  const originOf = ({ req }: HonoContext) => toReachedUrl(req.url, req.header("x-forwarded-proto")).origin;

  app.get("/healthz", (call) => call.json({ status: "ok" }));

  app.get("/readyz", async (call) => {
    const { reason, ...rest } = await readiness();
    return reason === undefined
      ? call.json({ status: "ready", ...rest })
      : call.json({ status: "not ready", reason }, 503);
  });

  app.get("/metrics", async (call) => {
    const { text, contentType } = await context.metrics.render();
    return call.body(text, 200, { "content-type": contentType });
  });

  app.get("/openapi.json", (call) => call.json(toServedDocument(originOf(call))));

  addApiReference(app);
}

/** The contract with the address of this Bridge. */
function toServedDocument(origin: string): object {
  const [server] = openapiDocument.servers;
  const variables = { ...server.variables, origin: { ...server.variables.origin, default: origin } };
  return { ...openapiDocument, servers: [{ ...server, variables }] };
}
