import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import type { DatabaseSync } from "node:sqlite";

export interface FileLock {
  /** Lets another process have the file. Calling it again does nothing. */
  release(): void;
}

/** Another process, or another part of this one, holds the lock. */
export class FileInUseError extends Error {
  override readonly name = "FileInUseError";
  /** Such as `process 4711 on host web-1`. In another container it is known by another number. */
  readonly owner: string;

  constructor(message: string, owner: string) {
    super(message);
    this.owner = owner;
  }
}

// sqlite.org/rescode.html: the primary code is the low byte.
const SQLITE_BUSY = 5;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

// What nobody refers to is closed by the garbage collector, and its lock ends.
const held = new Set<DatabaseSync>();

/**
 * Locks a file for this process until it is released or the process ends, however that happens. Two containers that
 * share the file as a volume exclude each other, and so do two machines where the file system supports locks.
 *
 * Node has no call for it, but the SQLite inside it does: a transaction that excludes everybody else is a lock of the
 * operating system (fcntl, LockFileEx). Nothing is written to the file. It stays behind when it is released: if it were
 * removed, a process that has opened it already and one that makes it anew would each hold a lock.
 *
 * @param path The lock file itself, made where it is missing. Beside it `PATH.owner` names the owner for messages.
 * @param describe Says what is in use, and by whom, to somebody who does not know the lock file.
 * @throws FileInUseError where somebody else holds it.
 */
export function lockFile(
  path: string,
  describe = (owner: string): string => `${path} is in use by ${owner}.`,
): FileLock {
  createPrivateFile(path);
  const database = openExclusively(path, describe);
  held.add(database);
  // For messages only: whoever can't read it is still kept out.
  writeFileSync(`${path}.owner`, `process ${process.pid} on host ${hostname()}`, { mode: 0o600 });
  return {
    release() {
      if (held.delete(database)) database.close();
    },
  };
}

/** Never opens a file that exists: closing it again would end a lock that this process holds on it (fcntl(2)). */
function createPrivateFile(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function openExclusively(path: string, describe: (owner: string) => string): DatabaseSync {
  const { DatabaseSync } = loadSqlite();
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database?.close();
    if (isBusy(error)) {
      const owner = ownerOf(path);
      throw new FileInUseError(describe(owner), owner);
    }
    throw explain(path, error);
  }
}

function isBusy(error: unknown): boolean {
  return (((error as { errcode?: number }).errcode ?? 0) & 0xff) === SQLITE_BUSY;
}

function explain(path: string, error: unknown): Error {
  const { errcode = 0, message } = error as Error & { errcode?: number };
  switch (errcode & 0xff) {
    case SQLITE_CANTOPEN:
    case SQLITE_NOTADB:
      return new Error(`${path} is not a lock file. Remove it if nothing uses its folder, and try again.`, {
        cause: error,
      });
    default:
      return new Error(
        `${path} could not be locked: ${message}. Use a folder on a file system that supports file locks.`,
        { cause: error },
      );
  }
}

function ownerOf(path: string): string {
  try {
    return readFileSync(`${path}.owner`, "utf8").trim() || "another process";
  } catch {
    return "another process";
  }
}

/** Node 22 prints that SQLite is experimental, which is no news to an operator: opening and closing has not changed. */
function loadSqlite(): typeof import("node:sqlite") {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule("node:sqlite");
  } finally {
    process.emitWarning = emitWarning;
  }
}
