import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Redact } from "@bridgekit/core/run";
import { toIncompleteFields } from "../output/describe.ts";
import type { AppStatus } from "./app-status.ts";
import { METRICS_TYPE, renderMetrics } from "./render-metrics.ts";

export interface HealthOptions {
  /** 0 for any free port. */
  port: number;
  host: string;
  statuses: readonly AppStatus[];
  stop: AbortSignal;
  redact: Redact;
  /** Further metrics, in the Prometheus text format. */
  more?: () => Promise<string>;
}

export interface HealthServer extends AsyncDisposable {
  url: string;
}

/** Where to serve it: options of the command come before the config; undefined if neither names a port. */
export function toHealthAddress(
  { healthPort, healthHost }: { healthPort?: number; healthHost?: string },
  configured: { port: number; host?: string | undefined } | undefined,
): { port: number; host: string } | undefined {
  const port = healthPort ?? configured?.port;
  return port === undefined ? undefined : { port, host: healthHost ?? configured?.host ?? "127.0.0.1" };
}

/**
 * Serves `/healthz`: the process is alive; `/readyz`: 200, or 503 while every app is still being opened or the run is
 * stopping; `/apps`: the state of each app; `/metrics`: the same as metrics, in the Prometheus text format.
 */
export async function serveHealth({ port, host, statuses, stop, redact, more }: HealthOptions): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const path = request.url?.split("?")[0];
    if (request.method !== "GET" && request.method !== "HEAD")
      respond(response, 405, { detail: "Only GET is supported." });
    else if (path === "/healthz") respond(response, 200, { status: "alive" });
    else if (path === "/readyz") {
      const { isReady, ...body } = toReadiness(statuses, stop);
      respond(response, isReady ? 200 : 503, body);
    } else if (path === "/apps") respond(response, 200, { apps: statuses.map((status) => toJson(status, redact)) });
    else if (path === "/metrics") {
      void respondMetrics(response, statuses, more);
    } else respond(response, 404, { detail: "Not found. Available: /healthz, /readyz, /apps and /metrics." });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, port, host)));
    server.listen(port, host, resolve);
  });
  const shownHost = host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${shownHost}:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What can't be read now is left out. */
async function respondMetrics(
  response: ServerResponse,
  statuses: readonly AppStatus[],
  more: HealthOptions["more"],
): Promise<void> {
  const further = await more?.().catch(() => "");
  response.writeHead(200, { "content-type": METRICS_TYPE, "cache-control": "no-store" });
  response.end(renderMetrics(statuses) + (further ?? ""));
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const why = error.code === "EADDRINUSE" ? "the port is in use" : error.message;
  return new Error(`Can't open port ${port} on ${host} for the health endpoint: ${why}. Choose another port.`);
}

function respond(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(`${JSON.stringify(body)}\n`);
}

function toReadiness(statuses: readonly AppStatus[], stop: AbortSignal) {
  const counts = {
    apps: statuses.length,
    opening: statuses.filter(({ state }) => state === "opening").length,
    failing: statuses.filter(({ isFailing }) => isFailing).length,
    incomplete: statuses.filter(({ incomplete }) => incomplete !== undefined).length,
    recurring: statuses.filter(({ incomplete }) => incomplete?.isRecurring).length,
  };
  const isReady = !stop.aborted && counts.opening < counts.apps;
  return { isReady, status: stop.aborted ? "stopping" : isReady ? "ready" : "starting", ...counts };
}

function toJson(
  { key, name, appId, state, isFailing, incomplete, lastSync, nextSyncAt, lastError, tasks }: AppStatus,
  redact: Redact,
) {
  return {
    key,
    name,
    app_id: appId ?? null,
    state,
    is_failing: isFailing,
    incomplete: incomplete
      ? {
          ...toIncompleteFields(incomplete),
          reasons: incomplete.reasons.map(({ reason, runs }) => ({ reason: redact(reason), runs })),
        }
      : null,
    last_sync: lastSync
      ? {
          status: lastSync.status,
          started_at: lastSync.startedAt,
          ended_at: lastSync.endedAt,
          pushed: lastSync.pushed,
          missing: lastSync.missing.map(redact),
        }
      : null,
    next_sync_at: nextSyncAt ?? null,
    last_error: lastError ? { at: lastError.at, message: redact(lastError.message) } : null,
    tasks,
  };
}
