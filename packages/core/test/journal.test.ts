import { spawnSync } from "node:child_process";
import { appendFile, chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openFileJournal, openReceiptFolder, type JournalEntry } from "../src/run.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const at = "2026-11-01T00:00:00.000Z";
const done: JournalEntry = { state: "outcome", taskId: "t1", at, outcome: { status: "completed", result: {} } };

async function journalPath(): Promise<string> {
  return join(await temporaryFolder("bridgekit-journal-"), "app", "tasks.jsonl");
}

test("written entries are there when the journal is opened again", async () => {
  const path = await journalPath();
  {
    await using journal = await openFileJournal(path);
    await journal.write({ state: "intent", taskId: "t1", at });
    await journal.write(done);
    await journal.write({ state: "intent", taskId: "t2", at });
  }
  await using journal = await openFileJournal(path);
  expect(journal.get("t1")).toEqual(done);
  expect(journal.get("t2")?.state).toBe("intent");
});

test("an entry is in the file when the write returns", async () => {
  const path = await journalPath();
  await using journal = await openFileJournal(path);
  await journal.write(done);
  expect(await readFile(path, "utf8")).toMatch(new RegExp(`^{"version":1.*}\n${JSON.stringify(done)}\n$`));
});

test("an incomplete last line is ignored; the entries before it are kept", async () => {
  const path = await journalPath();
  await (await openFileJournal(path))[Symbol.asyncDispose]();
  await appendFile(path, `${JSON.stringify(done)}\n{"state":"repor`);
  await using journal = await openFileJournal(path);
  expect([...journal.entries()]).toEqual([done]);
});

test("damage before the last line is an error that names file and line", async () => {
  const path = await journalPath();
  await (await openFileJournal(path))[Symbol.asyncDispose]();
  await writeFile(path, `${JSON.stringify(done)}\nnonsense\n${JSON.stringify(done)}\n`);
  await expect(openFileJournal(path)).rejects.toThrow(`${path} is damaged in line 2`);
});

test("entries reported long ago are dropped, unreported ones are kept", async () => {
  const path = await journalPath();
  {
    await using journal = await openFileJournal(path);
    await journal.write({ ...done, state: "reported", taskId: "old" });
    await journal.write(done);
  }
  await using journal = await openFileJournal(path, { keepDays: 7, now: () => new Date("2026-12-01") });
  expect([...journal.entries()].map((entry) => entry.taskId)).toEqual(["t1"]);
});

test("a line of JSON that is not an entry is damage too, and the error says what to do", async () => {
  const path = await journalPath();
  await (await openFileJournal(path))[Symbol.asyncDispose]();
  await appendFile(path, `null\n`);
  await expect(openFileJournal(path)).rejects.toThrow(/damaged in line 2\. Remove that line/);
  await writeFile(path, "");
  await (await openFileJournal(path))[Symbol.asyncDispose]();
});

test("the name of the runner stays the same and is unique", async () => {
  const path = await journalPath();
  const names: string[] = [];
  for (const opened of [path, path, await journalPath()]) {
    await using journal = await openFileJournal(opened);
    names.push(journal.runner);
  }
  expect(names[1]).toBe(names[0]);
  expect(names[2]).not.toBe(names[0]);
});

test("the size of a journal is bounded, and entries that are still needed are kept", async () => {
  const path = await journalPath();
  const later = new Date("2026-11-02T00:00:00Z");
  const created = { status: "completed", result: { account: { id: "real" } } } as const;
  {
    await using journal = await openFileJournal(path, { keepTasks: 20, now: () => later });
    await journal.write({ state: "reported", taskId: "first", at, outcome: created, desiredId: "requested" });
    await journal.write({ ...done, taskId: "unreported" });
    await journal.write({ state: "intent", taskId: "begun", at });
    for (let n = 1000; n < 1500; n++)
      await journal.write({ ...done, state: "reported", taskId: `t${n}`, at: `2026-11-01T00:00:01.${n}Z` });
    expect((await readFile(path, "utf8")).split("\n").length).toBeLessThan(60);
  }
  await using journal = await openFileJournal(path, { keepTasks: 20, now: () => later });
  const kept = [...journal.entries()].map(({ taskId }) => taskId);
  expect(kept.slice(0, 3)).toEqual(["first", "unreported", "begun"]);
  expect(kept.at(-1)).toBe("t1499");
  expect(kept).toHaveLength(23);
});

test("entries written with the clock ahead displace no entry that is needed", async () => {
  const path = await journalPath();
  const options = { keepTasks: 3, now: () => new Date("2026-11-02T00:00:00Z") };
  {
    await using journal = await openFileJournal(path, options);
    for (let n = 0; n < 3; n++)
      await journal.write({ ...done, state: "reported", taskId: `ahead${n}`, at: "2027-11-01T00:00:00.000Z" });
    for (let n = 0; n < 2; n++) await journal.write({ ...done, state: "reported", taskId: `t${n}`, at });
  }
  await using journal = await openFileJournal(path, options);
  expect([...journal.entries()].map(({ taskId }) => taskId)).toEqual([expect.stringMatching("ahead"), "t0", "t1"]);
});

test("concurrent writes are all in the file, in their order", async () => {
  const path = await journalPath();
  await using journal = await openFileJournal(path);
  await Promise.all(Array.from({ length: 50 }, (_, n) => journal.write({ ...done, taskId: `t${n}` })));
  const lines = (await readFile(path, "utf8")).trim().split("\n").slice(1);
  expect(lines.map((line) => JSON.parse(line).taskId)).toEqual(Array.from({ length: 50 }, (_, n) => `t${n}`));
});

test("opening a journal that another process has open fails and names the process; afterwards it succeeds", async () => {
  const path = await journalPath();
  {
    await using journal = await openFileJournal(path);
    await journal.write(done);
    await expect(openFileJournal(path)).rejects.toThrow(`is in use by process ${process.pid}`);
    await expect(openFileJournal(path)).rejects.toThrow("Stop that process first.");
  }
  await using again = await openFileJournal(path);
  expect(again.get("t1")).toEqual(done);
});

test("only its owner may read a journal", async () => {
  const path = await journalPath();
  await (await openFileJournal(path))[Symbol.asyncDispose]();
  // As an earlier version created it, and as a crash may have left the next one.
  await chmod(path, 0o644);
  await writeFile(`${path}.new`, "half", { mode: 0o644 });
  await using journal = await openFileJournal(path);
  await journal.write(done);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test.runIf(process.getuid?.() === 0 && process.platform === "linux")(
  "a full disk is named with the file, what was written stays, and the journal goes on once there is room",
  async () => {
    const disk = await mkdtemp(join(tmpdir(), "bridgekit-disk-"));
    expect(spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]).status).toBe(0);
    const path = join(disk, "tasks.jsonl");
    const rest = join(disk, "rest");
    const fill = () => writeFile(rest, Buffer.alloc(100_000)).catch(() => undefined);
    const full = `${path} can't be written: there is no space left on its disk; make room.`;
    try {
      await (await openFileJournal(path))[Symbol.asyncDispose]();
      await fill();
      await expect(openFileJournal(path)).rejects.toThrow("there is no space left on its disk");
      await rm(rest);
      await using journal = await openFileJournal(path);
      const entryOf = (taskId: string): JournalEntry => ({ ...done, taskId, desiredId: "x".repeat(1_000) });
      const written: string[] = [];
      const failures: string[] = [];
      await fill();
      for (let index = 0; index < 20; index++)
        await journal.write(entryOf(`t${index}`)).then(
          () => written.push(`t${index}`),
          (error: Error) => failures.push(error.message),
        );
      expect(new Set(failures)).toEqual(new Set([full]));
      const receipt = { version: 2, status: "failed", endedAt: at } as never;
      await expect(openReceiptFolder(disk).write(receipt)).rejects.toThrow("there is no space left on its disk");
      await rm(rest);
      for (const taskId of ["t98", "t99"]) await journal.write(entryOf(taskId));
      const lines = (await readFile(path, "utf8")).trimEnd().split("\n").slice(1);
      expect(lines.map((line) => (JSON.parse(line) as JournalEntry).taskId)).toEqual([...written, "t98", "t99"]);
    } finally {
      spawnSync("umount", ["--lazy", disk]);
      await rm(disk, { recursive: true });
    }
  },
);
