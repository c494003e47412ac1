import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { explainWrite } from "./explain-write.ts";

/** A file to which lines are appended and flushed to the disk, all or none of them. */
export interface LineFile {
  append(lines: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Replaces a file atomically, and leaves the new one open for more lines. */
export async function replaceFile(path: string, lines: readonly string[]): Promise<LineFile> {
  const fresh = `${path}.new`;
  let file: FileHandle | undefined;
  try {
    // One that a crash left may be readable by others.
    await rm(fresh, { force: true });
    file = await open(fresh, "wx", 0o600);
    await file.writeFile(toText(lines));
    await file.sync();
    await rename(fresh, path);
    await syncFolder(dirname(path));
    return createLineFile(path, file, (await file.stat()).size);
  } catch (error) {
    await file?.close();
    await rm(fresh, { force: true }).catch(() => undefined);
    throw explainWrite(path, error);
  }
}

function createLineFile(path: string, file: FileHandle, size: number): LineFile {
  let end = size;
  let isClean = true;
  return {
    async append(lines) {
      const bytes = Buffer.from(toText(lines));
      try {
        // An earlier failure may have left half a line, which would damage the line after it.
        if (!isClean) await file.truncate(end);
        isClean = false;
        for (let written = 0; written < bytes.length;) {
          const { bytesWritten } = await file.write(bytes, written, bytes.length - written, end + written);
          written += bytesWritten;
        }
        await file.datasync();
      } catch (error) {
        throw explainWrite(path, error);
      }
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
