import { mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lockFolder } from "../src/database/folder-lock.ts";
import { createBridge } from "../src/index.ts";
import { createDatabase } from "./support/open-bridge.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bridge-lock-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a folder has one owner, until the owner lets go", async () => {
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(
    `The folder ${folder} is in use by another Bridge (process ${process.pid})`,
  );
  await unlock();
  await (
    await lockFolder(folder)
  )();
});

test("another name of the folder is the same folder", async () => {
  const alias = `${folder}-alias`;
  await symlink(folder, alias);
  const unlock = await lockFolder(folder);
  await expect(lockFolder(alias)).rejects.toThrow("in use");
  await unlock();
  await rm(alias);
});

/** A process that owns the folder until it is killed. */
async function spawnOwner(
  of: string,
  [file, ...before]: readonly [string, ...string[]] = [process.execPath],
): Promise<ChildProcess> {
  const module = new URL("../src/database/folder-lock.ts", import.meta.url).href;
  const script = `import { lockFolder } from ${JSON.stringify(module)};
    await lockFolder(${JSON.stringify(of)}); console.log("locked"); setInterval(() => {}, 1000);`;
  const args = [...before, "--input-type=module-typescript", "-e", script];
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

// A socket has 104 bytes for its path.
test.each(["data", "long/".repeat(30)])(
  "what a dead owner left behind is taken over by one who tries (%s)",
  async (name) => {
    const place = join(folder, name);
    await mkdir(place, { recursive: true });
    const child = await spawnOwner(place);
    await expect(lockFolder(place)).rejects.toThrow(`process ${child.pid}`);
    await kill(child);
    for (let round = 0; round < 3; round++) {
      const attempts = await Promise.allSettled([1, 2, 3, 4].map(() => lockFolder(place)));
      const owners = attempts.filter((attempt) => attempt.status === "fulfilled");
      expect(owners).toHaveLength(1);
      await expect(lockFolder(place)).rejects.toThrow("in use");
      await owners[0]?.value();
      expect(await readdir(place)).toEqual([]);
    }
  },
);

// As containers do that share a volume: names in the abstract namespace do not reach from one network to another.
test.runIf(spawnSync("unshare", ["--net", "true"]).status === 0)("a folder has one owner among networks", async () => {
  const child = await spawnOwner(folder, ["unshare", "--net", process.execPath]);
  await expect(lockFolder(folder)).rejects.toThrow(`process ${child.pid}`);
  await kill(child);
  await (
    await lockFolder(folder)
  )();
});

test("a second Bridge on the folder of a live one is refused, and the first one is unharmed", async () => {
  const { database, drop } = await createDatabase("pglite");
  {
    await using bridge = await createBridge({ database });
    await expect(createBridge({ database })).rejects.toThrow(
      "Stop that process, or give this one a folder of its own.",
    );
    await bridge.createOrg("main");
  }
  {
    await using again = await createBridge({ database });
    expect(await again.listOrgs()).toMatchObject([{ slug: "main" }]);
  }
  await drop();
});
