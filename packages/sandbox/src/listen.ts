import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { ConnectionDropped } from "./respond-with-fault.ts";

export interface RunningSandbox {
  /** The address, without a trailing slash. */
  url: string;
  close(): Promise<void>;
}

/** Serves the app on a port; a dropped connection destroys the socket. */
export async function listen(
  respond: (request: Request) => Promise<Response>,
  port: number,
  hostname: string,
): Promise<RunningSandbox> {
  const server = createAdaptorServer({
    fetch: async (request: Request, bindings) => {
      try {
        return await respond(request);
      } catch (error) {
        if (!(error instanceof ConnectionDropped)) throw error;
        (bindings as HttpBindings).outgoing.destroy();
        return RESPONSE_ALREADY_SENT;
      }
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, resolve);
  });
  const address = server.address() as AddressInfo;
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `http://${host}:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        // Otherwise closing waits for connections that clients keep open.
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
