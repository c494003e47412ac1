import { chmod, mkdir, open, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type FileLock, lockFile } from "@bridgekit/file-lock";

/** The major version of the PostgreSQL in PGlite; a folder keeps it for ever. */
export const EMBEDDED_POSTGRES = "18";

const LOCK = "bridge.lock";

export interface DataFolder {
  /** Whether the folder is new. */
  isNew: boolean;
  release(): void;
}

/**
 * Locks a folder for this process: two on one PGlite folder destroy it. A folder holds personal data, so only its owner
 * may read it; the access of others to an existing one is removed.
 *
 * @throws Error if another Bridge has it, or another version of PostgreSQL made it.
 */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const lock = lockFolder(folder);
  try {
    const version = await readVersion(folder);
    if (version !== undefined && version !== EMBEDDED_POSTGRES) throw wrongVersion(folder, version);
    if (version !== undefined) await makePrivate(folder);
    return { isNew: version === undefined, release: () => lock.release() };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function lockFolder(folder: string): FileLock {
  return lockFile(
    join(folder, LOCK),
    (owner) =>
      `The folder ${folder} is in use by another Bridge (${owner}). ` +
      `Stop that process, or give this one a folder of its own.`,
  );
}

async function readVersion(folder: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, "PG_VERSION"), "utf8")).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function wrongVersion(folder: string, version: string): Error {
  return new Error(
    `The folder ${folder} was made by PostgreSQL ${version}; this Bridge contains PostgreSQL ${EMBEDDED_POSTGRES}, ` +
      `which can't read it. Make a backup with the Bridge that made it (\`bridgekit backup FILE\`), and restore it ` +
      `into an empty folder with this one (\`bridgekit restore FILE\`).`,
  );
}

/** All files and folders below this one. */
async function* walk(folder: string): AsyncGenerator<{ path: string; isFile: boolean }> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    if (entry.isDirectory() || entry.isFile()) yield { path, isFile: entry.isFile() };
  }
}

async function makePrivate(folder: string): Promise<void> {
  for await (const { path, isFile } of walk(folder)) {
    const wanted = isFile ? 0o600 : 0o700;
    if (((await stat(path)).mode & 0o777) !== wanted) await chmod(path, wanted);
  }
}

/** Makes the files of a new database private and flushes them, because PGlite creates them without flushing. */
export async function settleNewFolder(folder: string): Promise<void> {
  await makePrivate(folder);
  const lock = join(folder, LOCK);
  // Never the lock file: closing a file releases every lock that this process has on it (fcntl(2)).
  for await (const { path } of walk(folder)) if (path !== lock) await flush(path);
  await flush(folder);
}

async function flush(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } catch (error) {
    // Not every system can flush a folder.
    if (!["EPERM", "EINVAL", "EBADF", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    await file.close();
  }
}
