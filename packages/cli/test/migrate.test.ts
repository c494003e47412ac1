import { rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "@bridgekit/test-postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runInProcess } from "./support/run-in-process.ts";

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("bridge-cli-migrate-");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("migrate creates the tables once, and says what they are at", async () => {
  const data = join(folder, "data");
  const first = await runInProcess(["migrate", "--data", data]);
  expect(first).toMatchObject({ code: 0, stderr: "" });
  const [, newest] = /^The tables are up to date: none → (\w+)\.\n$/.exec(first.stdout) ?? [];
  expect(newest).toMatch(/^\d{4}_\w+$/);
  const again = await runInProcess(["migrate", "--data", data]);
  expect(again).toMatchObject({ code: 0, stdout: `The tables are up to date (${newest}).\n` });
  expect((await runInProcess(["orgs", "create", "acme", "--data", data])).code).toBe(0);
});

test("migrate names a database that it can't open", async () => {
  const env = { DATABASE_URL: "postgres://bridge:secret@127.0.0.1:1/bridge" };
  const { code, stderr } = await runInProcess(["migrate"], { env });
  expect(code).toBe(1);
  expect(stderr).toContain("127.0.0.1:1");
  expect(stderr).not.toContain("secret");
});
