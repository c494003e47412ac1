import { open, readFile, rm } from "node:fs/promises";

/**
 * Keeps a file for this process: two that write one journal would carry out tasks twice. The lock is a file beside it
 * with the owner's process id; one whose owner is gone, as after a crash, is taken over. Answers how to release it.
 */
export async function lockFile(path: string): Promise<() => Promise<void>> {
  const lock = `${path}.lock`;
  const release = () => rm(lock, { force: true });
  if (await claim(lock)) return release;

  const owner = Number(await readFile(lock, "utf8").catch(() => ""));
  if (owner > 0 && isAlive(owner))
    throw new Error(
      `The journal ${path} is in use by process ${owner}, which carries out tasks of the same app. ` +
        `Stop that process first; if it is no runner, remove ${lock}.`,
    );
  await release();
  if (await claim(lock)) return release;
  throw new Error(`The journal ${path} was taken by another process just now.`);
}

async function claim(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, "wx");
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive as well.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
