import type { Context as HonoContext, Hono } from "hono";
import type { BridgeContext } from "../bridge-context.ts";
import type { AppEnvironment } from "../http/app-environment.ts";
import { toReachedUrl } from "../http/reached-url.ts";
import { createApiPage } from "./api-page/api-page.ts";
import { createReadiness } from "./readiness.ts";
import { toServedDocument } from "./served-document.ts";

/** Serves what whoever runs a Bridge asks it: whether it lives, whether it is ready, its metrics and its contract. */
export function addOperations(app: Hono<AppEnvironment>, context: BridgeContext): void {
  const whyNotReady = createReadiness(context);
  const apiPage = createApiPage();
  const originOf = ({ req }: HonoContext) => toReachedUrl(req.url, req.header("x-forwarded-proto")).origin;

  app.get("/healthz", (call) => call.json({ status: "ok" }));

  app.get("/readyz", async (call) => {
    const reason = await whyNotReady();
    return reason === undefined ? call.json({ status: "ready" }) : call.json({ status: "not ready", reason }, 503);
  });

  app.get("/metrics", async (call) => {
    const { text, contentType } = await context.metrics.render();
    return call.body(text, 200, { "content-type": contentType });
  });

  app.get("/openapi.json", (call) => call.json(toServedDocument(originOf(call))));

  app.get("/docs", async (call) => {
    const { page, contentSecurityPolicy } = await apiPage(originOf(call));
    return call.html(page, 200, { "content-security-policy": contentSecurityPolicy });
  });
}
