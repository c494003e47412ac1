import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConnector } from "@bridgekit/core";
import {
  createConnection,
  type Journal,
  openFileJournal,
  openReceiptFolder,
  type ReceiptStore,
  registerResourceTypes,
  runSync,
  runTasks,
} from "@bridgekit/core/run";
import { createTestBridge, type TestBridge, type TestOrg } from "@bridgekit/server/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { importState } from "../src/state/import-state.ts";
import { openFleetJournal } from "../src/state/open-fleet-journal.ts";
import { openFleetReceipts } from "../src/state/open-fleet-receipts.ts";
import { beginRun } from "./support/apps.ts";
import { openTestDatabase } from "./support/open-test-database.ts";

let server: TestBridge;
let org: TestOrg;
let folder: string;
let appId: string;
let database: Awaited<ReturnType<typeof openTestDatabase>>;
let log: string[];

beforeAll(async () => {
  server = await createTestBridge();
});
afterAll(() => server.close());
beforeEach(async () => {
  org = await server.openOrg();
  folder = await mkdtemp(join(tmpdir(), "bridgekit-import-"));
  database = await openTestDatabase();
  ({ id: appId } = await org.client.createApp({ name: "Office" }));
  await registerResourceTypes(org.client, appId, office());
  log = [];
});
afterEach(async () => {
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** A system of three people that logs what is read and done. */
function office() {
  return defineConnector({
    name: "office",
    title: "Office",
    config: { "~standard": { version: 1, vendor: "test", validate: (value) => ({ value }) } },
    resourceTypes: { account: { type: "account", name: "Account" } },
    connect: () => ({}),
    check: async () => [],
    sync: () => ({
      async *account() {
        log.push("read all");
        for (const id of ["u1", "u2", "u3"]) yield { id, email: `${id}@example.com` };
      },
    }),
    changes: {
      cursor: async () => "1",
      async *since(_context, cursor) {
        log.push(`read since ${cursor}`);
        yield { slug: "account", record: { id: "u1", email: `after-${cursor}@example.com` } };
        return String(Number(cursor) + 1);
      },
    },
    tasks: {
      async suspend_account({ interruptedAt }, { account }) {
        log.push(`suspend ${account.id}${interruptedAt === undefined ? "" : ", interrupted"}`);
      },
    },
  });
}

const place = () => ({ org: org.url, key: "office", name: "Office" });
const app = () => `${org.url} office`;
const journalPath = () => join(folder, "journal", `${appId}.jsonl`);
const openReceipts = () => openReceiptFolder(join(folder, "receipts"));

async function sync(receipts: ReceiptStore) {
  return runSync({ bridge: org.client, appId, connection: await createConnection(office(), {}), receipts });
}

async function carryOut(journal: Journal) {
  const connection = await createConnection(office(), {});
  return runTasks({ bridge: org.client, appId, connection, journal, until: "idle" });
}

async function importFolder() {
  await using journal = await openFileJournal(journalPath());
  // Awaited here: the journal stays open, and locked, until the import has ended.
  return await importState(database, { ...place(), appId, journal, receipts: openReceipts() });
}

test("an app moves from files into the fleet and on to another machine with nothing lost", async () => {
  await sync(openReceipts());
  await sync(openReceipts());
  const done = await org.client.createTask(appId, { action: "suspend_account", payload: { account: { id: "u2" } } });
  const begun = await org.client.createTask(appId, { action: "suspend_account", payload: { account: { id: "u3" } } });
  let runner: string;
  {
    await using journal = await openFileJournal(journalPath());
    ({ runner } = journal);
    const at = new Date().toISOString();
    // The process died after one outcome was written, and in the middle of the other task.
    await journal.write({ state: "outcome", taskId: done.id, at, outcome: { status: "completed", result: {} } });
    await journal.write({ state: "intent", taskId: begun.id, at });
  }
  log = [];

  expect(await importFolder()).toEqual({ status: "imported", tasks: 2, receipts: 2, hasCursor: true, hashes: 3 });

  const receipts = openFleetReceipts(database.kysely, await beginRun(database, app(), "sync"));
  expect(await sync(receipts)).toMatchObject({ mode: "changes", status: "updated" });
  {
    await using journal = await openFleetJournal(database.kysely, await beginRun(database, app(), "tasks"));
    expect(journal.runner).toBe(runner);
    expect(await carryOut(journal)).toMatchObject({ completed: expect.any(Number) as number });
  }
  expect(log).toEqual(["read since 2", "suspend u3, interrupted"]);
  const states = await Array.fromAsync(org.client.listTasks(appId), ({ status }) => status);
  expect(states).toEqual(["completed", "completed"]);
  // The guard compares with what the files had.
  expect((await sync(receipts)).mode).toBe("changes");
});

test("importing twice is harmless: what the fleet has is newer", async () => {
  await sync(openReceipts());
  await importFolder();
  await openFleetReceipts(database.kysely, await beginRun(database, app(), "sync")).write({
    ...(await openReceipts().latest("completed"))!,
    status: "updated",
    cursor: "9",
  });
  expect(await importFolder()).toEqual({ status: "known" });
  const receipts = openFleetReceipts(database.kysely, await beginRun(database, app(), "sync"));
  expect(await receipts.latest("updated")).toMatchObject({ cursor: "9" });
});

test("if a file can't be read, nothing of the app is imported", async () => {
  await sync(openReceipts());
  const hashes = (await readdir(join(folder, "receipts"))).find((file) => file.endsWith(".ids"))!;
  await rm(join(folder, "receipts", hashes));
  await expect(importFolder()).rejects.toThrow("can't be read");
  for (const table of ["apps", "journals", "receipts", "receipt_hashes"] as const)
    expect(await database.kysely.selectFrom(table).selectAll().execute()).toEqual([]);
});

test("an app that a worker runs at this moment is not touched", async () => {
  await importFolder();
  const { generation } = await beginRun(database, app(), "sync");
  const now = new Date();
  const run = { app: app(), kind: "sync", generation, worker: "w1", started_at: now, heartbeat_at: now } as const;
  await database.kysely
    .insertInto("runs")
    .values({ ...run, job_id: "1", queue: "sync" })
    .execute();
  await expect(importFolder()).rejects.toThrow("The worker w1 runs this app (sync). Pause the app");
});

test("10,000 tasks and large receipts move too", async () => {
  const at = new Date().toISOString();
  {
    await using journal = await openFileJournal(journalPath());
    const outcome = { status: "completed", result: {} } as const;
    await Promise.all(
      Array.from({ length: 10_000 }, (_, n) => journal.write({ state: "reported", taskId: `t${n}`, at, outcome })),
    );
  }
  expect(await importFolder()).toMatchObject({ status: "imported", tasks: 10_000 });
  const journal = await openFleetJournal(database.kysely, await beginRun(database, app(), "tasks"));
  expect(journal.get("t9999")?.state).toBe("reported");
});
