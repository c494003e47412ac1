import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface Proxy {
  url: string;
  port: number;
  /** Lets nothing through for so long; connections stay. */
  freeze: (milliseconds: number) => void;
  close: () => void;
}

/** One address for several servers: each connection goes to one of them in turn that accepts it. */
export async function startProxy(ports: readonly number[]): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const pairs = new Map<Socket, Socket>();
  let next = 0;
  let isFrozen = false;
  const server = createServer((client) => {
    sockets.add(client);
    client.on("error", () => {}).on("close", () => sockets.delete(client));
    pass(client, ports.length);
  });

  function pass(client: Socket, tries: number): void {
    if (tries === 0 || client.destroyed) return void client.destroy();
    const upstream = connect(ports[next++ % ports.length]!, "127.0.0.1");
    let isConnected = false;
    upstream.once("connect", () => {
      isConnected = true;
      pairs.set(client, upstream);
      if (!isFrozen) client.pipe(upstream).pipe(client);
      client.once("close", () => {
        pairs.delete(client);
        upstream.destroy();
      });
    });
    upstream.on("error", () => (isConnected ? client.destroy() : pass(client, tries - 1)));
    upstream.once("close", () => isConnected && client.destroy());
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    freeze(milliseconds) {
      isFrozen = true;
      for (const [client, upstream] of pairs) {
        client.unpipe(upstream);
        upstream.unpipe(client);
      }
      setTimeout(() => {
        isFrozen = false;
        for (const [client, upstream] of pairs) client.pipe(upstream).pipe(client);
      }, milliseconds).unref();
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
