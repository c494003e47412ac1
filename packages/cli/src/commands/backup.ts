import { randomBytes } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import type { CommandIo } from "../command-io.ts";
import { UsageError } from "../usage-error.ts";
import { databaseOf, type DatabaseOptions, requireDatabase } from "./open-database.ts";

const PROGRESS_MS = 5_000;
/** A backup that has written nothing for so long was killed. */
const ABANDONED_MS = 3_600_000;

/** `bridgekit backup FILE`: writes everything in a Bridge to a compressed file that only its owner may read. */
export async function backup(file: string, options: DatabaseOptions, io: CommandIo): Promise<void> {
  requireDatabase(options, io.env);
  const { writeBackup } = await import("@bridgekit/server");
  const showProgress = createProgress(io);
  // Written under another name first, so that a file with the final name is always complete; under one of its own, so
  // that another backup to the same file neither removes nor renames it.
  const part = `${file}.${randomBytes(4).toString("hex")}.part`;
  let rows = 0;
  await removeAbandoned(file);
  try {
    await pipeline(
      async function* () {
        for await (const line of writeBackup(databaseOf(options, io.env))) {
          showProgress(++rows);
          yield `${line}\n`;
        }
      },
      createGzip(),
      createWriteStream(part, { flags: "wx", mode: 0o600, flush: true }),
    );
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw isOfFile(error) ? new Error(`Can't write the backup ${file}: ${toReason(error)}.`, { cause: error }) : error;
  }
  io.print(`Wrote ${rows} lines to ${file}. The backup contains personal data; protect it like the database.`);
}

/** Removes what killed backups to the file left: it contains personal data. */
async function removeAbandoned(file: string): Promise<void> {
  const folder = dirname(file);
  const start = `${basename(file)}.`;
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(start) || !/^[0-9a-f]{8}\.part$/.test(name.slice(start.length))) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > ABANDONED_MS) await rm(path, { force: true });
  }
}

/** `bridgekit restore FILE`: restores a backup into an empty database. */
export async function restore(file: string, options: DatabaseOptions, io: CommandIo): Promise<void> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`Can't read the backup ${file}: ${error.message}.`);
  });
  await handle.close();
  const { restoreBackup } = await import("@bridgekit/server");
  const rows = await restoreBackup(databaseOf(options, io.env), readLines(file), { onProgress: createProgress(io) });
  io.print(`Restored ${rows} rows from ${file}. Start the Bridge with \`bridgekit up\`.`);
}

async function* readLines(file: string): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: createReadStream(file).pipe(createGunzip()) });
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`The backup ${file} is damaged: ${message}. Nothing was restored.`, { cause: error });
  }
}

/** Whether a call about the file failed, not one of the database. */
function isOfFile(error: unknown): error is NodeJS.ErrnoException {
  const { syscall } = error as NodeJS.ErrnoException;
  return syscall !== undefined && FILE_CALLS.has(syscall);
}

const FILE_CALLS: ReadonlySet<string> = new Set(["open", "write", "writev", "fsync", "close", "rename"]);

function toReason({ code, message }: NodeJS.ErrnoException): string {
  return code === "ENOSPC" || code === "EDQUOT"
    ? `there is no space left on its disk; make room, or write it to another one`
    : message;
}

function createProgress(io: CommandIo): (rows: number) => void {
  let printedAt = performance.now();
  return (rows) => {
    if (performance.now() - printedAt < PROGRESS_MS) return;
    printedAt = performance.now();
    io.warn(`${rows} rows so far`);
  };
}
