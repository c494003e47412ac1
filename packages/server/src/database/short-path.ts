import { randomUUID } from "node:crypto";
import { rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

// The address of a socket has 104 bytes on macOS and 108 on Linux; what is left is for the names in the folder.
const MOST_BYTES = 72;

/** Calls `use` with a path of the folder that leaves room for a socket in it: for a long one a link, for the moment. */
export async function withShortPath<T>(folder: string, use: (path: string) => Promise<T>): Promise<T> {
  if (Buffer.byteLength(folder) <= MOST_BYTES) return use(folder);
  const link = join(tmpdir(), `bridgekit-${randomUUID().slice(0, 8)}`);
  await symlink(folder, link);
  try {
    return await use(link);
  } finally {
    await rm(link, { force: true });
  }
}
