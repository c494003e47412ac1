import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { defineConnector, TaskError } from "../src/index.ts";
import { createConnection, createMemoryJournal, openFileJournal } from "../src/run.ts";
import { connectDirectory } from "./support/directory.ts";
import { shareBridge } from "./support/share-bridge.ts";
import { ACCOUNTS, createTaskApp, type TaskApp } from "./support/task-app.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const MOMENT = expect.stringMatching(/^\d{4}-.*Z$/) as string;

const bridge = await shareBridge();
let app: TaskApp;

beforeEach(async () => {
  app = await createTaskApp(bridge);
});

test("a task that names the requested id reaches the created account", async () => {
  await app.create("create_account", "requested");
  await app.create("update_account", "requested", { changes: { team: { added: [{ id: "t1" }] } } });
  const { connection, done } = await connectDirectory([]);
  expect(await app.run({ connection, concurrency: 4 })).toEqual({ completed: 2, failed: 0 });
  expect(done).toEqual(["create_account requested", "update_account real-1"]);
});

test("the real id is known after a restart, until the account is deleted", async () => {
  const path = join(await temporaryFolder("bridgekit-journal-"), "tasks.jsonl");
  const { connection, done } = await connectDirectory([]);
  async function runAgain() {
    // As if reported entries had expired.
    await using journal = await openFileJournal(path, { keepDays: 0 });
    await app.run({ connection, journal });
  }
  await app.create("create_account", "requested");
  await runAgain();
  await app.create("suspend_account", "requested");
  await runAgain();
  await app.create("delete_account", "real-1");
  await runAgain();
  await app.create("create_account", "requested");
  await runAgain();
  expect(done).toEqual([
    "create_account requested",
    "suspend_account real-1",
    "delete_account real-1",
    "create_account requested",
  ]);
  await app.create("delete_account", "requested");
  await runAgain();
  await app.create("unsuspend_account", "requested");
  await runAgain();
  expect(done.at(-1)).toBe("unsuspend_account requested");
});

test("the state that is read back after a task is reported", async () => {
  const suspended = await app.create("suspend_account", "u1");
  const deleted = await app.create("delete_account", "u2");
  const updated = await app.create("update_account", "u3", { changes: { team: { added: [{ id: "t1" }] } } });
  const created = await app.create("create_account", "requested", { memberships: { team: [{ id: "t1" }] } });
  const { connection } = await connectDirectory(ACCOUNTS);
  expect(await app.run({ connection })).toEqual({ completed: 4, failed: 0 });
  expect((await app.read(suspended)).result).toEqual({ verified: { at: MOMENT, exists: true, status: "suspended" } });
  expect((await app.read(deleted)).result).toEqual({ verified: { at: MOMENT, exists: false } });
  const refs = { team: { added: 1, removed: 0 } };
  expect((await app.read(updated)).result).toEqual({ verified: { at: MOMENT, exists: true, status: "active", refs } });
  expect((await app.read(updated)).read_back).toEqual({ at: MOMENT, exists: true, status: "active", refs });
  expect((await app.read(created)).result).toMatchObject({
    account: { id: "real-9" },
    verified: { exists: true, refs },
  });
});

const t1 = [{ id: "t1" }];
test.each([
  { action: "suspend_account", seen: { status: "active" }, says: "account u1 is still active" },
  { action: "suspend_account", seen: undefined, says: "account u1 is not there" },
  { action: "unsuspend_account", seen: { status: "suspended" }, says: "account u1 is still suspended" },
  { action: "delete_account", seen: { status: "suspended" }, says: "account u1 is still there and suspended" },
  {
    action: "update_account",
    team: { added: t1 },
    seen: { memberships: { team: [] } },
    says: "account u1 lacks team t1",
  },
  {
    action: "update_account",
    team: { removed: t1 },
    seen: { memberships: { team: t1 } },
    says: "account u1 still has team t1",
  },
] as const)("$action fails if afterwards $says", async ({ action, seen, says, ...more }) => {
  const changes = "team" in more ? { changes: { team: structuredClone(more.team) as object } } : {};
  const task = await app.create(action, "u1", changes);
  const { connection } = await connectDirectory(ACCOUNTS, {
    verify: () => structuredClone(seen) as object | undefined,
  });
  expect(await app.run({ connection })).toEqual({ completed: 0, failed: 1 });
  const { error, read_back } = await app.read(task);
  expect(read_back).toMatchObject({ at: MOMENT, exists: seen !== undefined });
  expect(error).toEqual({
    code: "INTERNAL_ERROR",
    message: `Directory accepted ${action}, but ${says}. Check there, and correct it by hand if it stays so.`,
  });
});

test("an account that is not yet in the requested state is read once more", async () => {
  await app.create("suspend_account", "u1");
  let looks = 0;
  const verify = () => ({ status: ++looks === 1 ? "active" : "suspended" }) as const;
  const { connection, done } = await connectDirectory(ACCOUNTS, { verify });
  expect(await app.run({ connection })).toEqual({ completed: 1, failed: 0 });
  expect(done).toHaveLength(1);
});

test("an account that is not found counts as gone, and one that can't be read fails no task", async () => {
  const deleted = await app.create("delete_account", "u1");
  const suspended = await app.create("suspend_account", "u2");
  const { connection } = await connectDirectory(ACCOUNTS, {
    verify(id) {
      if (id === "u1") throw new TaskError("ACCOUNT_NOT_FOUND", "There is no u1.");
      throw new Error("Directory returned 502");
    },
  });
  expect(await app.run({ connection })).toEqual({ completed: 2, failed: 0 });
  expect((await app.read(deleted)).result).toEqual({ verified: { at: MOMENT, exists: false } });
  expect((await app.read(suspended)).read_back).toEqual({ at: MOMENT, unknown: "Directory returned 502" });
});

test("a connector without verify is not read back", async () => {
  const task = await app.create("suspend_account", "u1");
  const { connection } = await connectDirectory(ACCOUNTS, { verify: "none" });
  await app.run({ connection, journal: createMemoryJournal() });
  expect((await app.read(task)).result).toEqual({});
});

/** Makes the account live on the Bridge. */
async function syncAccount(id: string): Promise<void> {
  const syncId = await bridge.client.startSync(app.appId);
  await bridge.client.pushPage(app.appId, syncId, "account", [{ id, username: id }]);
  await bridge.client.abandonSync(app.appId, syncId);
  await expect.poll(() => bridge.client.getRecord(app.appId, "account", id).catch(() => undefined)).toBeDefined();
}

test("if an account is live under a requested id, tasks reach that one", async () => {
  const path = join(await temporaryFolder("bridgekit-journal-"), "tasks.jsonl");
  const { connection, people, done } = await connectDirectory([]);
  async function runAgain() {
    await using journal = await openFileJournal(path);
    await app.run({ connection, journal });
  }
  await app.create("create_account", "11");
  await runAgain();
  people.set("11", { status: "active", teams: new Set() });
  await syncAccount("11");
  await app.create("suspend_account", "11");
  await runAgain();
  await app.create("unsuspend_account", "11");
  await runAgain();
  expect(done).toEqual(["create_account 11", "suspend_account 11", "unsuspend_account 11"]);
  expect(people.get("real-1")?.status).toBe("active");
});

test("an account that gets the requested id replaces the mapping of an earlier one, also after a restart", async () => {
  const path = join(await temporaryFolder("bridgekit-journal-"), "tasks.jsonl");
  const { connection, done } = await connectDirectory([]);
  async function runAgain() {
    await using journal = await openFileJournal(path);
    await app.run({ connection, journal });
  }
  await app.create("create_account", "real-2");
  await app.create("create_account", "real-2");
  await runAgain();
  await app.create("suspend_account", "real-2");
  await runAgain();
  expect(done).toEqual(["create_account real-2", "create_account real-2", "suspend_account real-2"]);
});

test("a create is refused if an account with the requested id is live meanwhile", async () => {
  const task = await app.create("create_account", "late");
  await syncAccount("late");
  const { connection, done } = await connectDirectory([]);
  expect(await app.run({ connection })).toEqual({ completed: 0, failed: 1 });
  expect(done).toEqual([]);
  expect((await app.read(task)).error).toMatchObject({
    code: "ACCOUNT_ALREADY_EXISTS",
    message: expect.stringContaining("The account late exists already"),
  });
});

test("redaction never alters ids in a result", async () => {
  const task = await app.create("create_account", "requested");
  const result = {
    account: { id: "admin-assistant" },
    seat_id: "admin-seat",
    groupIds: ["admin-group"],
    note: "the password is admin-1234",
  };
  const wiki = defineConnector({
    name: "wiki",
    title: "Wiki",
    config: z.object({ password: z.string().meta({ secret: true }) }),
    resourceTypes: { account: { type: "account", name: "Person" } },
    connect: () => ({}),
    check: async () => [],
    sync: () => ({ async *account() {} }),
  });
  const connector = { ...wiki, tasks: { create_account: async () => result } };
  await app.run({ connection: await createConnection(connector, { password: "admin" }) });
  expect((await app.read(task)).result).toEqual({ ...result, note: "the password is [secret]-1234" });
});
