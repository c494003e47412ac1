import { createHash, randomUUID } from "node:crypto";
import { realpath, rename, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SETTLE_MS = 100;
const ANSWER_TIMEOUT_MS = 2_000;

/**
 * Takes a folder for this process and answers how to release it.
 *
 * Two processes on one PGlite folder destroy it, PGlite has no lock and Node no flock. So the owner listens on a local
 * socket named after the folder: the system closes it with the process, however that ends. Linux and Windows forget
 * the name as well; elsewhere a file stays behind, which nobody answers on and which is then taken over.
 */
export async function lockFolder(folder: string, platform = process.platform): Promise<() => Promise<void>> {
  const address = toAddress(await realpath(folder), platform);
  const token = `${process.pid}:${randomUUID()}`;
  const server = await listen(address, token);
  if (server !== undefined) return () => close(server);

  const owner = await ownerOf(address);
  if (owner !== undefined) throw inUse(folder, owner);
  return takeOver(folder, address, token);
}

/** Puts our socket in the place of a dead one; of several who try at once, the last to do so has won. */
async function takeOver(folder: string, address: string, token: string): Promise<() => Promise<void>> {
  const own = `${address}.${process.pid}-${randomUUID().slice(0, 8)}`;
  const server = await listen(own, token);
  if (server === undefined) throw new Error(`The folder ${folder} could not be locked: ${own} is taken.`);
  await rename(own, address);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const owner = await ownerOf(address);
  if (owner === token) {
    return async () => {
      await rm(address, { force: true });
      await close(server);
    };
  }
  await close(server);
  throw inUse(folder, owner ?? "");
}

function inUse(folder: string, owner: string): Error {
  const pid = owner.split(":", 1)[0] || "unknown";
  return new Error(
    `The folder ${folder} is in use by another Bridge (process ${pid}). ` +
      `Stop that process, or give this one a folder of its own.`,
  );
}

function toAddress(folder: string, platform: NodeJS.Platform): string {
  const name = `bridgekit-${createHash("sha256").update(folder).digest("hex").slice(0, 32)}`;
  if (platform === "win32") return `\\\\.\\pipe\\${name}`;
  // Linux: a name in the abstract namespace, which is no file.
  return platform === "linux" ? `\0${name}` : join(tmpdir(), `${name}.sock`);
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

/** The token of the process that answers, "" where it is silent, undefined where nobody is there. */
function ownerOf(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(address);
    socket.setEncoding("utf8");
    // An owner in the middle of a long statement answers late: its silence is no proof of its death.
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy());
    socket.on("data", (chunk: string) => (answer += chunk));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED" || error.code === "ENOENT") resolve(undefined);
    });
    socket.on("close", () => resolve(answer));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
