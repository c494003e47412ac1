import { link, readFile, rm, writeFile } from "node:fs/promises";

/**
 * Keeps a file for this process: two that write one journal would carry out tasks twice. The lock is a file beside it
 * that names its owner; one whose owner is gone, as after a crash, is taken over. Answers how to release it.
 */
export async function lockFile(path: string): Promise<() => Promise<void>> {
  const lock = `${path}.lock`;
  const release = () => rm(lock, { force: true });
  if (await claim(lock)) return release;

  const [pid, startedAt] = (await readFile(lock, "utf8").catch(() => "")).split(" ");
  if (await isAlive(Number(pid), startedAt))
    throw new Error(
      `The journal ${path} is in use by process ${pid}, which carries out tasks of the same app. ` +
        `Stop that process first; if it is no runner, remove ${lock}.`,
    );
  await release();
  if (await claim(lock)) return release;
  throw new Error(`The journal ${path} was taken by another process just now.`);
}

/** Makes the lock with its owner in it in one step, so that nobody finds it empty. */
async function claim(lock: string): Promise<boolean> {
  const own = `${lock}.${process.pid}`;
  await writeFile(own, `${process.pid} ${await startOf(process.pid)}`);
  try {
    await link(own, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

async function isAlive(pid: number, startedAt = ""): Promise<boolean> {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is alive as well.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return (await startOf(pid)) === startedAt;
}

/**
 * When a process began, in ticks since the machine did (proc(5), field 22): a number alone says little, since in a
 * container the next process often gets the same. Empty where there is no /proc.
 */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name of the program, in parentheses, may hold spaces.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
