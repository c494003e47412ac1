import type { Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createAdaptorServer } from "@hono/node-server";
import type { Bridge } from "./create-bridge.ts";

// Longer than the pause between two polls, so that a connector keeps its connection.
const KEEP_ALIVE_MS = 75_000;
const CLOSE_SWEEP_MS = 20;
const CLOSE_GRACE_MS = 30_000;

export interface ServeOptions {
  /** 0 for any free port. */
  port: number;
  /** `127.0.0.1` by default. */
  hostname?: string;
  /**
   * Milliseconds of further service after closing begins: requests on their way arrive, and a load balancer notices
   * `/readyz`. 500 by default.
   */
  drainMs?: number;
  /** A client that reads nothing of its response for so many milliseconds is disconnected; 60,000 by default. */
  patienceMs?: number;
}

export interface RunningServer extends AsyncDisposable {
  url: string;
  /**
   * Begins to stop the Bridge, completes requests in flight, then stops listening. The Bridge itself stays open: close
   * it afterwards.
   */
  close(): Promise<void>;
}

/** Serves a Bridge over HTTP. */
export async function serve(
  bridge: Pick<Bridge, "fetch" | "beginStop">,
  { port, hostname = "127.0.0.1", drainMs = 500, patienceMs = 60_000 }: ServeOptions,
): Promise<RunningServer> {
  let closing: Promise<void> | undefined;
  const server = createAdaptorServer({
    fetch: async (request, { incoming, outgoing }) => {
      const read = new Promise<void>((resolve) => outgoing.once("close", resolve));
      const response = await bridge.fetch(request, { address: incoming.socket.remoteAddress, read });
      // Node replaces it once the response is sent.
      incoming.socket.setTimeout(patienceMs);
      // A client that keeps the connection would send its next request into a closed server.
      if (closing !== undefined) response.headers.set("connection", "close");
      return response;
    },
  }) as Server;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const sockets = trackSockets(server);
  await listen(server, port, hostname);
  const { port: actualPort } = server.address() as AddressInfo;
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  const stop = () =>
    (closing ??= (async () => {
      bridge.beginStop();
      await sleep(drainMs);
      await close(server, sockets);
    })());
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

function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  return sockets;
}

function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    // A connection with a request in flight becomes idle later and would be kept alive.
    const sweep = setInterval(() => server.closeIdleConnections(), CLOSE_SWEEP_MS);
    const limit = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(limit);
      resolve();
    });
    // Node does not count a connection as idle before its first request; browsers open some in advance.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  });
}
