import type { MiddlewareHandler } from "hono";
import type { Logger } from "pino";
import type { AppEnvironment } from "../http/app-environment.ts";
import { toLoggablePath } from "./loggable-path.ts";
import type { Metrics } from "./metrics.ts";

/**
 * Counts each request and logs one line about it. Of the request it contains only the method, the loggable path, and a
 * request id that is too short for a key.
 */
export function observeRequests({
  metrics,
  logger,
}: {
  metrics: Metrics;
  logger: Logger;
}): MiddlewareHandler<AppEnvironment> {
  return async (call, next) => {
    const started = performance.now();
    metrics.requestBegan();
    await next();
    const milliseconds = performance.now() - started;
    const { method, path } = call.req;
    const { status } = call.res;
    const operation = call.get("operation");
    metrics.requestEnded({ operation, method, status, seconds: milliseconds / 1000 });
    if (!logger.isLevelEnabled("info")) return;
    const key = call.get("key");
    const line = {
      requestId: call.get("requestId"),
      operationId: operation,
      method,
      path: toLoggablePath(path),
      status,
      milliseconds: Math.round(milliseconds * 10) / 10,
      keyId: key?.id,
      orgId: key?.orgId,
    };
    logger.info(line, "request");
  };
}
