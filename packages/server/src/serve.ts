import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Bridge } from "./create-bridge.ts";

// Longer than the pause between two polls, so that a connector keeps its connection.
const KEEP_ALIVE_MS = 75_000;
const CLOSE_SWEEP_MS = 20;
const CLOSE_GRACE_MS = 10_000;

export interface ServeOptions {
  /** 0 for a free one. */
  port: number;
  /** The local machine only, where absent. */
  hostname?: string;
}

export interface RunningServer extends AsyncDisposable {
  url: string;
  /** Answers what is running, then stops listening; the Bridge itself stays open. */
  close(): Promise<void>;
}

/** Serves a Bridge over HTTP. */
export async function serve(
  bridge: Pick<Bridge, "fetch">,
  { port, hostname = "127.0.0.1" }: ServeOptions,
): Promise<RunningServer> {
  const server = createAdaptorServer({ fetch: (request) => bridge.fetch(request) }) as Server;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await listen(server, port, hostname);
  const { port: actualPort } = server.address() as AddressInfo;
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  const stop = () => close(server);
  return { url: `http://${host}:${actualPort}`, close: stop, [Symbol.asyncDispose]: stop };
}

function listen(server: Server, port: number, hostname: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EADDRINUSE" ? "it is in use; stop what listens there or choose another port" : error.message;
      reject(new Error(`The Bridge cannot listen on ${hostname}:${port}: ${reason}.`, { cause: error }));
    });
    server.listen(port, hostname, resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection that is answering now becomes idle later, and would be kept alive for the next request.
    const sweep = setInterval(() => server.closeIdleConnections(), CLOSE_SWEEP_MS);
    const limit = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(limit);
      resolve();
    });
  });
}
