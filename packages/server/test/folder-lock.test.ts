import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
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

// A socket file as macOS has it works on Linux too.
test.each([process.platform, "darwin"] as const)(
  "what a dead owner left behind is taken over by one of those who try (%s)",
  async (platform) => {
    const module = new URL("../src/database/folder-lock.ts", import.meta.url).href;
    const script = `import { lockFolder } from ${JSON.stringify(module)};
    await lockFolder(${JSON.stringify(folder)}, ${JSON.stringify(platform)}); console.log("locked"); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    await expect(lockFolder(folder, platform)).rejects.toThrow(`process ${child.pid}`);
    child.kill("SIGKILL");
    await once(child, "exit");
    const attempts = await Promise.allSettled([1, 2, 3, 4].map(() => lockFolder(folder, platform)));
    const owners = attempts.filter((attempt) => attempt.status === "fulfilled");
    expect(owners).toHaveLength(1);
    await owners[0]?.value();
  },
);

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
