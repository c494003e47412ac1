import type { MiddlewareHandler } from "hono";
import { every } from "hono/combine";
import { secureHeaders } from "hono/secure-headers";

/**
 * What every answer tells a browser: do not guess its type, frame it, keep it or let another site read it. An answer
 * that needs other rules, such as a page, sets its own and keeps them. Nothing is said about TLS: the Bridge speaks plain
 * HTTP, and that promise belongs to the proxy that ends TLS in front of it.
 */
export function protectResponses(): MiddlewareHandler {
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
