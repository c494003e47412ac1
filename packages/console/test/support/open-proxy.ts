import { once } from "node:events";
import { createServer, request as forward } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy that serves Bridges below paths of its own, which it takes away. */
export async function openProxy(targets: Readonly<Record<string, string>>): Promise<{ url: string } & AsyncDisposable> {
  const proxy = createServer((incoming, outgoing) => {
    const [prefix, target] = Object.entries(targets).find(([path]) => incoming.url!.startsWith(`${path}/`))!;
    const { hostname: host, port } = new URL(target);
    const { method, headers } = incoming;
    const path = incoming.url!.slice(prefix.length);
    const call = forward({ host, port, path, method, headers }, (response) => {
      outgoing.writeHead(response.statusCode!, response.headers);
      response.pipe(outgoing);
    });
    call.on("error", () => outgoing.destroy());
    outgoing.on("close", () => call.destroy());
    incoming.pipe(call);
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}
