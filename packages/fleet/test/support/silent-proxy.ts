import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A way to a server whose connections can be made to lead nowhere, as by a firewall that has forgotten them. */
export async function openProxy(target: URL): Promise<AsyncDisposable & { url: string; silence: () => void }> {
  const sockets = new Set<Socket>();
  const silenced = new WeakSet<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => silenced.has(from) || to.write(bytes));
      from.on("error", () => {});
      from.on("close", () => silenced.has(from) || to.destroy());
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(target);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    /** All connections so far; new ones work. */
    silence: () => sockets.forEach((socket) => silenced.add(socket)),
    async [Symbol.asyncDispose]() {
      sockets.forEach((socket) => socket.destroy());
      server.close();
    },
  };
}
