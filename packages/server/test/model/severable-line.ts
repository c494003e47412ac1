import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A connection to a PostgreSQL that can be cut: the database then considers its client dead. */
export interface SeverableLine {
  url: string;
  sever(): void;
}

export async function openLine(postgresUrl: string): Promise<SeverableLine> {
  const url = new URL(postgresUrl);
  const [host, port] = [url.hostname, Number(url.port)];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    // Cutting is the purpose: both ends notice it by themselves.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    const far = connect(port, host);
    keep(near);
    keep(far);
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    sever() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
