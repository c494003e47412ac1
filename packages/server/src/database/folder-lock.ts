import { createHash, randomUUID } from "node:crypto";
import { realpath, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const TAKEOVER_ATTEMPTS = 3;

/**
 * Takes a folder for this process and answers how to release it.
 *
 * Two processes on one PGlite folder destroy it, PGlite has no lock and Node no flock. So the owner listens on a local
 * socket named after the folder: the system closes it with the process, however that ends. A socket file that nobody
 * answers on belongs to a dead owner and is taken over.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const address = toAddress(await realpath(folder));
  const token = `${process.pid}:${randomUUID()}`;
  for (let attempt = 0; attempt < TAKEOVER_ATTEMPTS; attempt++) {
    const server = await listen(address, token);
    if (server !== undefined) {
      // Two processes may have cleared the same dead socket: the one that the name leads to has won.
      if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, 100));
      if ((await ownerOf(address)) === token) return () => close(server);
      await close(server);
    }
    const owner = await ownerOf(address);
    if (owner !== undefined) {
      const [pid] = owner.split(":");
      throw new Error(
        `The folder ${folder} is in use by another Bridge (process ${pid || "unknown"}). ` +
          `Stop that process, or give this one a folder of its own.`,
      );
    }
    await rm(address, { force: true });
  }
  throw new Error(`The folder ${folder} could not be locked: ${address} is neither free nor answered.`);
}

function toAddress(folder: string): string {
  const name = `bridgekit-${createHash("sha256").update(folder).digest("hex").slice(0, 32)}`;
  return process.platform === "win32" ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function listen(address: string, token: string): Promise<Server | undefined> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.end(token);
  });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** The token of the process that answers, "" where it answers without one, undefined where nobody does. */
function ownerOf(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(address);
    socket.setEncoding("utf8");
    // An owner in the middle of a long statement answers late: its silence is no proof of its death.
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on("connect", () => {
      socket.on("data", (chunk: string) => (answer += chunk));
      socket.on("close", () => resolve(answer));
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code === "ECONNREFUSED" || error.code === "ENOENT" ? undefined : answer);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
