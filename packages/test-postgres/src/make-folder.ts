import { mkdtemp, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** On Linux a folder here is in memory. */
const MEMORY = "/dev/shm";
/** What the databases of all tests take at once, with room for others. */
const NEEDED_BYTES = 4 * 1024 ** 3;

/**
 * A new temporary folder for a database: in memory if there is room. A database consists of hundreds of files, and to
 * create and remove them on a disk takes longer than most tests.
 */
export async function makeFolder(prefix: string): Promise<string> {
  const memory = await statfs(MEMORY).catch(() => undefined);
  const hasRoom = memory !== undefined && memory.bavail * memory.bsize > NEEDED_BYTES;
  return mkdtemp(join(hasRoom ? MEMORY : tmpdir(), prefix));
}
