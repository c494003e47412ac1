import { createHash, randomUUID } from "node:crypto";
import { realpath, rename, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withShortPath } from "./short-path.ts";

const LOCK_NAME = "bridge.lock";
const SETTLE_MS = 100;
const ANSWER_TIMEOUT_MS = 2_000;
// What a system answers whose folder takes no sockets.
const NO_SOCKETS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/** Where the owner of a folder listens. */
interface Place {
  folder: string;
  address: string;
  /** The same in a path that lasts: the address may lead through a link that does not. */
  file: string;
}

/**
 * Takes a folder for this process and answers how to release it.
 *
 * Two processes on one PGlite folder destroy it, PGlite has no lock and Node no flock. So the owner listens on a socket
 * in the folder: the system closes it with the process, however that ends, and containers that share the folder as a
 * volume meet there too; machines that share it over a network do not. The file of a dead owner stays behind, nobody
 * answers on it, and it is then taken over. Where the folder takes no sockets, and on Windows, the owner listens under
 * a name of the machine instead, which other containers do not see.
 */
export async function lockFolder(folder: string, platform = process.platform): Promise<() => Promise<void>> {
  const real = await realpath(folder);
  const name = toName(real, platform);
  if (platform === "win32") return lock({ folder, address: name, file: name });
  try {
    return await withShortPath(real, (path) =>
      lock({ folder, address: join(path, LOCK_NAME), file: join(real, LOCK_NAME) }),
    );
  } catch (error) {
    const { syscall, code = "" } = error as NodeJS.ErrnoException;
    if (syscall !== "listen" || !NO_SOCKETS.has(code)) throw error;
    return lock({ folder, address: name, file: name });
  }
}

async function lock(place: Place): Promise<() => Promise<void>> {
  const token = `${process.pid}:${randomUUID()}`;
  const server = await listen(place.address, token);
  if (server !== undefined) return () => release(server, place.address, place.file);

  const owner = await ownerOf(place.address);
  if (owner !== undefined) throw inUse(place.folder, owner);
  return takeOver(place, token);
}

/** Puts our socket in the place of a dead one; of several who try at once, the last to do so has won. */
async function takeOver({ folder, address, file }: Place, token: string): Promise<() => Promise<void>> {
  const own = `${address}.${process.pid}-${randomUUID().slice(0, 8)}`;
  const server = await listen(own, token);
  if (server === undefined) throw new Error(`The folder ${folder} could not be locked: ${own} is taken.`);
  // Looked at once more right before the move: whoever came first may be done with it by now.
  let owner = await ownerOf(address);
  if (owner === undefined) {
    await rename(own, address);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    owner = await ownerOf(address);
    if (owner === token) return () => release(server, own, file);
  }
  await close(server);
  throw inUse(folder, owner ?? "");
}

// Closing removes the file under the name that was listened on. Under any other name it is removed before, as long as
// nobody else can have taken it.
async function release(server: Server, listened: string, file: string): Promise<void> {
  if (listened !== file) await rm(file, { force: true });
  await close(server);
}

function inUse(folder: string, owner: string): Error {
  const pid = owner.split(":", 1)[0] || "unknown";
  return new Error(
    `The folder ${folder} is in use by another Bridge (process ${pid}). ` +
      `Stop that process, or give this one a folder of its own.`,
  );
}

function toName(folder: string, platform: NodeJS.Platform): string {
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
