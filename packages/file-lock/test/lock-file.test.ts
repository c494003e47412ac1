import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { FileInUseError, lockFile } from "../src/index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "file-lock-"));
});
afterAll(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) await kill(child);
  await rm(folder, { recursive: true, force: true });
});

const children: ChildProcess[] = [];

type Owner = ChildProcess & { said: string };

/** Starts a process that holds the lock until killed, without keeping what `lockFile` returns. */
async function spawnOwner(path: string, before: readonly string[] = []): Promise<Owner> {
  const module = new URL("../src/index.ts", import.meta.url).href;
  const script = `import { lockFile } from ${JSON.stringify(module)};
    try { lockFile(${JSON.stringify(path)}); console.log("locked"); setInterval(() => globalThis.gc(), 50); }
    catch (error) { console.log(error.message); }`;
  const [command, ...args] = [
    ...before,
    process.execPath,
    "--expose-gc",
    "--input-type=module-typescript",
    "-e",
    script,
  ];
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"], detached: true });
  children.push(child);
  const [line] = await once(child.stdout, "data");
  return Object.assign(child, { said: String(line).trim() });
}

async function kill(child: ChildProcess): Promise<void> {
  process.kill(-child.pid!, "SIGKILL");
  await once(child, "exit");
}

test("a file has one owner until released", () => {
  const path = join(folder, "one.lock");
  const lock = lockFile(path);
  expect(() => lockFile(path)).toThrow(FileInUseError);
  // The failed attempt must not have ended the lock.
  expect(() => lockFile(path)).toThrow(`${path} is in use by process ${process.pid} on host `);
  lock.release();
  lock.release();
  lockFile(path).release();
});

test("a lock whose owner can't be written down, as on a full disk, holds and can be released", async () => {
  const path = join(folder, "unnamed.lock");
  await mkdir(`${path}.owner`);
  const lock = lockFile(path);
  expect(() => lockFile(path)).toThrow(`${path} is in use by another process.`);
  lock.release();
  lockFile(path).release();
});

test("the lock file is empty, and only its owner can read it and the owner's name", async () => {
  const path = join(folder, "private.lock");
  const lock = lockFile(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(`${path}.owner`)).mode & 0o777).toBe(0o600);
  lock.release();
  expect((await readFile(path)).length).toBe(0);
});

test("the lock of a killed owner is taken by exactly one of several processes", async () => {
  const path = join(folder, "killed.lock");
  const first = await spawnOwner(path);
  expect(() => lockFile(path)).toThrow(`process ${first.pid}`);
  await kill(first);
  const attempts = await Promise.all([1, 2, 3].map(() => spawnOwner(path)));
  expect(
    attempts
      .map(({ said }) => said)
      .sort()
      .slice(0, 2),
  ).toEqual([expect.stringContaining("is in use by"), expect.stringContaining("is in use by")]);
  expect(attempts.map(({ said }) => said)).toContain("locked");
  expect(() => lockFile(path)).toThrow(FileInUseError);
  await kill(attempts.find((child) => child.said === "locked")!);
  lockFile(path).release();
});

// Like containers that share a volume: in each the first process is number 1, and neither sees the other's.
test.runIf(spawnSync("unshare", ["--pid", "--fork", "--net", "true"]).status === 0)(
  "containers that share a folder exclude each other, both ways",
  async () => {
    const path = join(folder, "containers.lock");
    const container = ["unshare", "--pid", "--fork", "--kill-child", "--net"];
    const first = await spawnOwner(path, container);
    expect(first.said).toBe("locked");
    expect((await spawnOwner(path, container)).said).toContain("is in use by process 1 on host");
    expect(() => lockFile(path)).toThrow(FileInUseError);
    await kill(first);
    // The first process of a container exits shortly after the one that started it.
    const lock = await vi.waitFor(() => lockFile(path), { timeout: 60_000 });
    expect((await spawnOwner(path, container)).said).toContain("is in use by");
    lock.release();
  },
);

test("a file that is not a lock file is named and left unchanged", async () => {
  const path = join(folder, "no.lock");
  await writeFile(
    path,
    "somebody's notes, which are long enough to be taken for the header of a database\n".repeat(40),
  );
  expect(() => lockFile(path)).toThrow(`${path} is not a lock file. Remove it if nothing uses its folder`);
  expect(await readFile(path, "utf8")).toContain("somebody's notes");
  const directory = join(folder, "directory.lock");
  await mkdir(directory);
  expect(() => lockFile(directory)).toThrow("is not a lock file");
});

const isRoot = process.getuid?.() === 0 && process.platform === "linux";

test.runIf(isRoot).each([0o600, 0o644])(
  "a lock of another user is neither taken nor to be removed: %o",
  async (mode) => {
    const path = join(folder, `foreign-${mode}.lock`);
    const lock = lockFile(path);
    await chmod(path, mode);
    await chmod(folder, 0o755);
    const { said } = await spawnOwner(path, ["setpriv", "--reuid", "65534"]);
    expect(said).toContain(`${path} could not be locked: EACCES: permission denied`);
    expect(said).toContain("Use the user who created it");
    lock.release();
  },
);

test.runIf(isRoot)(
  "a full or read-only disk is the reason that is given, and the lock can be had afterwards",
  async () => {
    const disk = join(folder, "disk");
    await mkdir(disk);
    const mount = (...args: string[]) => expect(spawnSync("mount", args).status).toBe(0);
    mount("-t", "tmpfs", "-o", "size=16k", "tmpfs", disk);
    try {
      const path = join(disk, "one.lock");
      await writeFile(join(disk, "rest"), Buffer.alloc(16_384));
      expect(() => lockFile(path)).toThrow("there is no space left on its disk. Make room and try again");
      await rm(join(disk, "rest"));
      lockFile(path).release();
      mount("-o", "remount,ro", disk);
      expect(() => lockFile(path)).toThrow(/could not be locked: .*read-only file system/);
      mount("-o", "remount,rw", disk);
      lockFile(path).release();
    } finally {
      spawnSync("umount", ["--lazy", disk]);
    }
  },
);

test("a missing folder is reported as such", () => {
  expect(() => lockFile(join(folder, "missing", "a.lock"))).toThrow("ENOENT");
});
