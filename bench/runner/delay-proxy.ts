import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface DelayProxy extends AsyncDisposable {
  port: number;
}

/** A TCP proxy on loopback with a delay each way and unlimited bandwidth. */
export async function startDelayProxy(targetPort: number, delayMilliseconds: number): Promise<DelayProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const target = connect({ port: targetPort, host: "127.0.0.1", noDelay: true });
    client.setNoDelay(true);
    forward(client, target, delayMilliseconds);
    forward(target, client, delayMilliseconds);
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => sockets.delete(socket));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function forward(from: Socket, to: Socket, delayMilliseconds: number): void {
  // Timers of equal length fire in order, so the bytes stay in order.
  from.on("data", (chunk) => setTimeout(() => to.destroyed || to.write(chunk), delayMilliseconds));
  from.on("end", () => setTimeout(() => to.end(), delayMilliseconds));
}
