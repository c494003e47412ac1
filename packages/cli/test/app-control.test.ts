import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { AppControl } from "../src/run/app-control.ts";

test("an app stays paused whatever a crash has left of the file that says so", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bridgekit-paused-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const config = { folder, stateDir: "state" };
  const control = await AppControl.open(config, "app-1");
  await control.pause();
  expect((await AppControl.open(config, "app-1")).pausedAt).toEqual(control.pausedAt);
  expect((await stat(join(folder, "state/paused/app-1"))).mode & 0o777).toBe(0o600);

  await mkdir(join(folder, "state/paused"), { recursive: true });
  for (const text of ["", "\0\0\0\0", "2026-"]) {
    await writeFile(join(folder, "state/paused/app-2"), text);
    const damaged = await AppControl.open(config, "app-2");
    expect(damaged.pausing.aborted).toBe(true);
    expect(damaged.pausedAt?.toISOString()).toMatch(/^20/);
    await damaged.resume();
    expect((await AppControl.open(config, "app-2")).pausedAt).toBeUndefined();
  }
});
