import { readdir, readFile, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { makeFolder } from "@bridgekit/test-postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runInProcess } from "./support/run-in-process.ts";

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("bridge-cli-backup-");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a backup is readable by its owner only, and restores only into an empty folder", async () => {
  const data = join(folder, "data");
  const file = join(folder, "bridge.jsonl.gz");
  const copy = join(folder, "copy");
  await runInProcess(["orgs", "create", "acme", "--data", data]);
  // As killed backups may have left them, one just now: it may be still at work.
  for (const name of ["00000001", "00000002"]) await writeFile(`${file}.${name}.part`, "half");
  await utimes(`${file}.00000001.part`, new Date(0), new Date(0));
  expect(await runInProcess(["backup", file, "--data", data])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`lines to ${file}`),
    stderr: "",
  });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(gunzipSync(await readFile(file)).toString()).toContain('"slug":"acme"');
  expect((await readdir(folder)).sort()).toEqual(["bridge.jsonl.gz", "bridge.jsonl.gz.00000002.part", "data"]);
  const nowhere = join(folder, "missing", "bridge.jsonl.gz");
  expect(await runInProcess(["backup", nowhere, "--data", data])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`Can't write the backup ${nowhere}: ENOENT`),
  });

  expect(await runInProcess(["restore", file, "--data", copy])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^Restored \d+ rows from .*bridge.jsonl.gz. Start the Bridge with `bridgekit up`.\n$/,
    ),
  });
  expect((await runInProcess(["orgs", "list", "--json", "--data", copy])).stdout).toContain('"slug":"acme"');
  expect(await runInProcess(["restore", file, "--data", copy])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('it has the organisation "acme"'),
  });

  await truncate(file, (await stat(file)).size - 20);
  expect(await runInProcess(["restore", file, "--data", join(folder, "cut")])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("Nothing was restored"),
  });
});

test("a backup that is refused because another one is at work leaves that one's file alone", async () => {
  const data = join(folder, "busy");
  const file = join(folder, "busy.jsonl.gz");
  await runInProcess(["orgs", "create", "acme", "--data", data]);
  const both = await Promise.all([1, 2].map(() => runInProcess(["backup", file, "--data", data])));
  expect(both.map(({ code }) => code === 0)).toEqual(expect.arrayContaining([true, false]));
  expect(both.map(({ stderr }) => stderr).join("")).toContain("is in use by another Bridge");
  expect(gunzipSync(await readFile(file)).toString()).toMatch(/\{"rows":\d+\}\n$/);
});

test("errors name the database or file that can't be backed up or restored", async () => {
  const missing = join(folder, "missing");
  expect(await runInProcess(["backup", join(folder, "x"), "--data", missing])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`There is no database in ${missing}`),
  });
  expect(await runInProcess(["restore", missing])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`Can't read the backup ${missing}`),
  });
  const text = join(folder, "notes.txt");
  await writeFile(text, "hello");
  expect(await runInProcess(["restore", text, "--data", join(folder, "none")])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`The backup ${text} is damaged`),
  });
});
