import { accessSync, closeSync, constants, openSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import type { DatabaseSync } from "node:sqlite";

export interface FileLock {
  /** Releases the lock. Calling it again does nothing. */
  release(): void;
}

/** Another process, or another part of this one, holds the lock. */
export class FileInUseError extends Error {
  override readonly name = "FileInUseError";
  /** Such as `process 4711 on host web-1`. Process ids differ between containers. */
  readonly owner: string;

  constructor(message: string, owner: string) {
    super(message);
    this.owner = owner;
  }
}

// sqlite.org/rescode.html: the primary code is the low byte.
const SQLITE_BUSY = 5;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

// Keeps a reference: the garbage collector would close the database and end the lock.
const held = new Set<DatabaseSync>();

/**
 * Locks a file for this process until released or until the process ends, even by a crash. Excludes other containers that
 * share the file as a volume, and other machines if the file system supports locks.
 *
 * Node has no API for file locks, but its built-in SQLite does: an exclusive transaction is a lock of the operating system
 * (fcntl, LockFileEx). Nothing is written to the file, and it is never removed: otherwise a process that already opened it
 * and one that creates it again could both hold a lock.
 *
 * @param path The lock file, created if missing. `PATH.owner` beside it names the owner for messages.
 * @param describe Returns the error message, for readers who do not know the lock file.
 * @throws FileInUseError if another process holds the lock.
 */
export function lockFile(
  path: string,
  describe = (owner: string): string => `${path} is in use by ${owner}.`,
): FileLock {
  createPrivateFile(path);
  checkAccess(path);
  const database = openExclusively(path, describe);
  held.add(database);
  nameOwner(path);
  return {
    release() {
      if (held.delete(database)) database.close();
    },
  };
}

/** Only for messages: the lock holds even if the file can't be written, for example on a full disk. */
function nameOwner(path: string): void {
  try {
    writeFileSync(`${path}.owner`, `process ${process.pid} on host ${hostname()}`, { mode: 0o600 });
  } catch {
    // It is then another process.
  }
}

/** Never opens an existing file: closing it would end this process's own lock on it (fcntl(2)). */
function createPrivateFile(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** SQLite locks nothing in a file that it may only read, and does not say so. Asks without opening the file. */
function checkAccess(path: string): void {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(
      `${path} could not be locked: ${message}. Use the user who created it, and a folder that it can write to.`,
      { cause: error },
    );
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
    case SQLITE_FULL:
      return new Error(`${path} could not be locked: there is no space left on its disk. Make room and try again.`, {
        cause: error,
      });
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

/** Suppresses Node 22's warning that SQLite is experimental; opening and closing a database has not changed since. */
function loadSqlite(): typeof import("node:sqlite") {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule("node:sqlite");
  } finally {
    process.emitWarning = emitWarning;
  }
}
