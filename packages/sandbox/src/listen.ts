import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { ConnectionDropped } from "./respond-with-fault.ts";

export interface RunningSandbox {
  /** Where it listens, without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** Serves the app on a port; a dropped connection is a destroyed socket here. */
export async function listen(
  answer: (request: Request) => Promise<Response>,
  port: number,
  hostname: string,
): Promise<RunningSandbox> {
  const server = createAdaptorServer({
    fetch: async (request: Request, bindings) => {
      try {
        return await answer(request);
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
        // Clients keep connections open for reuse; without this, closing would wait for them.
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
