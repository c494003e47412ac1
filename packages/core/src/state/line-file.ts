import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

/** A file to which lines are appended and flushed to the disk, all or none of them. */
export interface LineFile {
  append(lines: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Replaces a file atomically, and leaves the new one open for more lines. */
export async function replaceFile(path: string, lines: readonly string[]): Promise<LineFile> {
  const fresh = `${path}.new`;
  // One that a crash left may be readable by others.
  await rm(fresh, { force: true });
  const file = await open(fresh, "wx", 0o600);
  try {
    await file.writeFile(toText(lines));
    await file.sync();
    await rename(fresh, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await file.close();
    await rm(fresh, { force: true });
    throw error;
  }
  return createLineFile(file, (await file.stat()).size);
}

function createLineFile(file: FileHandle, size: number): LineFile {
  let end = size;
  let isClean = true;
  return {
    async append(lines) {
      // An earlier failure may have left half a line, which would damage the line after it.
      if (!isClean) await file.truncate(end);
      isClean = false;
      const bytes = Buffer.from(toText(lines));
      for (let written = 0; written < bytes.length;) {
        const { bytesWritten } = await file.write(bytes, written, bytes.length - written, end + written);
        written += bytesWritten;
      }
      await file.datasync();
      end += bytes.length;
      isClean = true;
    },
    close: () => file.close(),
  };
}

// The file is in place already, so a failure is ignored: not every file system can flush a folder.
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

function toText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
