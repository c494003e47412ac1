import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { openReceiptFolder, runSync, type Receipt } from "../src/run.ts";
import { shareBridge } from "./support/share-bridge.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";
import { accounts, CANARY, connectWiki, createWikiApp, failingAfter, type WikiOptions } from "./support/wiki.ts";

const bridge = await shareBridge();
let appId: string;
let folder: string;

beforeEach(async () => {
  appId = await createWikiApp(bridge);
  folder = await temporaryFolder("bridgekit-receipts-");
});

let minute = 0;
const sync = async (wiki: WikiOptions, keep?: number) =>
  runSync({
    bridge: bridge.client,
    appId,
    connection: await connectWiki(wiki),
    receipts: openReceiptFolder(folder, keep === undefined ? {} : { keep }),
    now: () => new Date(Date.UTC(2026, 0, 1, 0, minute++)),
  });

const files = async (ending: string) => (await readdir(folder)).filter((file) => file.endsWith(ending)).sort();
const read = async (file: string) => JSON.parse(await readFile(join(folder, file), "utf8")) as Receipt;

test("a receipt records what a run did", async () => {
  await sync({ accounts: () => accounts(3) });
  await sync({ accounts: () => accounts(2) });
  const [, second] = await files(".json");
  expect(await read(second!)).toMatchObject({
    version: 2,
    appId,
    mode: "full",
    status: "completed",
    usage: { calls: 0 },
    types: {
      account: { type: "account", read: 2, pushed: 2, created: 0, removed: 1, duplicates: 0, refs: { team: 2 } },
    },
    missing: [],
    badRecords: { count: 0, shown: [] },
    versions: { connector: "wiki", node: process.version },
  });
  for (const file of await readdir(folder)) expect(await readFile(join(folder, file), "latin1")).not.toContain(CANARY);
});

test("only the owner may read receipts, hashes and cursors", async () => {
  const inside = join(folder, "receipts", appId);
  await runSync({
    bridge: bridge.client,
    appId,
    connection: await connectWiki({}),
    receipts: openReceiptFolder(inside),
  });
  const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
  expect(await modeOf(inside)).toBe(0o700);
  const endings = new Set<string>();
  for (const file of await readdir(inside)) {
    endings.add(file.slice(file.lastIndexOf(".")));
    expect(await modeOf(join(inside, file))).toBe(0o600);
  }
  expect([...endings].sort()).toEqual([".ids", ".json", ".refs"]);
});

test("half-written files that a crash left are removed", async () => {
  const orphan = join(folder, "000000000001-2026-01-01T00-00-00.000Z-0badf00d.account.ids.new");
  await writeFile(orphan, "half");
  await sync({});
  await sync({});
  expect(await files(".new")).toEqual([]);
  expect(await files(".ids")).toHaveLength(3);
});

test("a failed run leaves a receipt with the reason", async () => {
  await expect(sync({ accounts: () => failingAfter(1) })).rejects.toThrow();
  expect(await read((await files(".failed.json"))[0]!)).toMatchObject({
    error: { code: "UPSTREAM", message: expect.stringContaining("Wiki returned 500") },
    types: { account: { read: 1 } },
  });
});

test("the newest receipts are kept, the last good one with its ids, and no half-written file", async () => {
  await sync({});
  await sync({});
  for (let run = 0; run < 4; run++) await sync({ afterAccounts: (partial) => partial("guests are hidden") });
  await sync({ afterAccounts: (partial) => partial("guests are hidden") }, 2);
  expect(await files(".completed.json")).toHaveLength(1);
  expect(await files(".abandoned.json")).toHaveLength(2);
  expect((await files(".ids")).map((file) => file.split(".").at(-2))).toEqual(["account", "seat", "team"]);
  expect((await files(".refs")).map((file) => file.split(".").slice(-3, -1))).toEqual([["account", "team"]]);
  expect(await files(".new")).toEqual([]);
  expect(await openReceiptFolder(folder).latest("completed")).toMatchObject({ status: "completed" });
});

test("the guard compares with what an earlier process left in the folder", async () => {
  await sync({ accounts: () => accounts(1_000) });
  await expect(sync({ accounts: () => [...accounts(1_000)].slice(201) })).rejects.toThrow("201 of 1000 active");
});

test.each([
  ["a truncated receipt", ".json", "{", "can't be read"],
  ["a receipt of another kind", ".json", "{}", "it is not a receipt of version 1 or 2"],
  ["truncated ids", ".account.ids", "1234567", "it has 7 bytes, 24 are due"],
  ["truncated refs", ".account.team.refs", "1234567", "it has 7 bytes, 24 are due"],
])("%s: an error that names the file, and never a first run", async (_what, ending, content, message) => {
  await sync({});
  const [file] = await files(ending);
  await writeFile(join(folder, file!), content);
  const run = sync({});
  await expect(run).rejects.toThrow(join(folder, file!));
  await expect(run).rejects.toThrow(message);
});

test("missing ids are an error too", async () => {
  await sync({});
  const [file] = await files(".account.ids");
  await rm(join(folder, file!));
  await expect(sync({})).rejects.toThrow(`${join(folder, file!)} can't be read`);
});

test("the newest receipt is the last one written, whatever the clock shows", async () => {
  const receipts = openReceiptFolder(folder, { keep: 2 });
  const run = async (at: string, count: number) =>
    runSync({
      bridge: bridge.client,
      appId,
      connection: await connectWiki({ accounts: () => accounts(count) }),
      receipts,
      now: () => new Date(at),
    });
  await run("2027-06-01T00:00:00Z", 3);
  await run("2026-01-01T00:00:00Z", 4);
  await run("2025-01-01T00:00:00Z", 5);
  expect((await receipts.latest("completed"))?.types["account"]).toMatchObject({ read: 5 });
  expect((await files(".completed.json")).map((file) => file.slice(13, 17))).toEqual(["2026", "2025"]);
});

test("receipts of earlier versions, named by time alone, come before numbered ones", async () => {
  await sync({ accounts: () => accounts(3) });
  for (const file of await readdir(folder)) await rename(join(folder, file), join(folder, file.slice(13)));
  const receipts = openReceiptFolder(folder);
  expect((await receipts.latest("completed"))?.types["account"]).toMatchObject({ read: 3 });
  minute -= 1_000_000;
  await sync({ accounts: () => accounts(4) });
  expect((await receipts.latest("completed"))?.types["account"]).toMatchObject({ read: 4 });
});
