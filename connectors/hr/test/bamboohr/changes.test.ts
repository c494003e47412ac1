import {
  createMemoryReceipts,
  isCursorExpiredError,
  registerResourceTypes,
  runSync,
  type Connection,
} from "@bridgekit/core/run";
import { startBridge, type TestBridge } from "@bridgekit/testing";
import { when } from "@bridgekit/sandbox";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectBambooHr } from "./support/connect-bamboohr.ts";

const CHANGED = "/api/v1/employees/changed";
const JOBS = "/api/v1/employees/all/tables/jobInfo";
const DAY = 86_400_000;

/** Changes since a time, and the next cursor. */
async function readChanges({ connector, client, logger }: Connection, since: string) {
  const missing: string[] = [];
  const changes: { slug: string; record: any }[] = [];
  const partial = (reason: string) => void missing.push(reason);
  const { signal } = new AbortController();
  const unknownRefs = (slug: string, reason: string) => partial(`${slug}: ${reason}`);
  const stream = connector.changes!.since({ client, logger, signal, partial, unknownRefs }, since);
  for (;;) {
    const { done, value } = await stream.next();
    if (done)
      return {
        accounts: changes.filter(({ slug }) => slug === "account").map(({ record }) => record),
        changes,
        missing,
        cursor: value,
      };
    changes.push(value);
  }
}

/** A clock half a year after the company was generated. */
async function connect() {
  let at = Date.now() - DAY;
  const { bamboo, connection } = await connectBambooHr({ now: () => new Date(at) });
  return {
    bamboo,
    connection,
    pass: (seconds: number) => void (at += seconds * 1000),
    moment: () => new Date(at).toISOString(),
  };
}

test("changes are changed and new employees in full, and all groups", async () => {
  const { bamboo, connection, pass, moment } = await connect();
  const start = moment();
  pass(120);
  bamboo.update(8, { preferredName: "Ed" });
  const id = bamboo.hire({ firstName: "Nova", lastName: "Late", department: "Stars" });
  const { accounts, changes, missing } = await readChanges(connection, start);
  expect(missing).toEqual([]);
  // Who changed, the employment statuses, the jobs, the lists, and those who changed.
  expect(bamboo.requestCount()).toBe(5);
  expect(accounts.map((account) => account.id)).toEqual(["8", String(id)]);
  const stars = changes.find(({ record }) => record.name === "Stars")!;
  expect(stars.slug).toBe("department");
  expect(accounts[1]).toMatchObject({ status: "active", memberships: { department: [{ id: stars.record.id }] } });
});

test("changes do not contain deleted employees", async () => {
  const { bamboo, connection, pass, moment } = await connect();
  const start = moment();
  pass(120);
  bamboo.remove(8);
  expect(await readChanges(connection, start)).toMatchObject({ accounts: [], missing: [] });
  expect(bamboo.requestCount({ path: "/api/v1/employees" })).toBe(0);
});

test("a change in the same second as the last one is not missed", async () => {
  const { bamboo, connection, pass, moment } = await connect();
  const start = moment();
  pass(120);
  bamboo.update(8, { preferredName: "Ed" });
  const { cursor } = await readChanges(connection, start);
  bamboo.update(9, { preferredName: "Al" });
  expect((await readChanges(connection, cursor)).accounts.map(({ id }) => id)).toContain("9");
});

test("without changes the cursor stays the same, and nobody is read", async () => {
  const { bamboo, connection, pass, moment } = await connect();
  const start = `${moment().slice(0, 19)}Z`;
  pass(3600);
  const { accounts, cursor } = await readChanges(connection, start);
  expect([accounts, cursor]).toEqual([[], start]);
  expect(bamboo.requestCount({ path: "/api/v1/employees" })).toBe(0);
});

test("a response without changes may have an empty time, and a list of employees", async () => {
  const { bamboo, connection, moment } = await connect();
  const start = moment();
  bamboo.fault(when({ path: CHANGED }, { kind: "change", change: () => ({ latest: "", employees: [] }) }));
  expect(await readChanges(connection, start)).toMatchObject({ accounts: [], cursor: start });
});

test("a termination that takes effect on its date is a change", async () => {
  const { bamboo, connection } = await connectBambooHr();
  bamboo.terminate(8, new Date(Date.now() - DAY).toISOString().slice(0, 10));
  // BambooHR heard of it long ago.
  bamboo.company.employee(8).changedAt = "2026-01-05T08:00:00+00:00";
  const { accounts } = await readChanges(connection, new Date(Date.now() - 2 * DAY).toISOString());
  expect(accounts).toMatchObject([{ id: "8", status: "inactive" }]);
});

/** Somebody moves as of yesterday, which was entered in BambooHR long ago. */
async function connectToMover() {
  const { bamboo, connection } = await connectBambooHr();
  bamboo.move(8, { department: "Stars" }, new Date(Date.now() - DAY).toISOString().slice(0, 10));
  bamboo.company.employee(8).changedAt = "2026-01-05T08:00:00+00:00";
  const { id } = bamboo.company.optionNamed("department", "Stars")!;
  return { bamboo, connection, stars: { memberships: { department: [{ id: String(id) }] } } };
}

test("a department that takes effect on its date is a change", async () => {
  const { connection, stars } = await connectToMover();
  const { accounts } = await readChanges(connection, new Date(Date.now() - 2 * DAY).toISOString());
  expect(accounts).toMatchObject([{ id: "8", ...stars }]);
});

test("if jobs are hidden, everybody is read once a day has begun, and nobody before", async () => {
  const { bamboo, connection, stars } = await connectToMover();
  bamboo.fault(when({ path: JOBS }, { kind: "response", status: 403 }));
  const { accounts } = await readChanges(connection, new Date(Date.now() - 2 * DAY).toISOString());
  expect(accounts).toHaveLength(60);
  expect(accounts.find(({ id }) => id === "8")).toMatchObject(stars);
  expect((await readChanges(connection, new Date().toISOString())).accounts).toEqual([]);
});

test("everybody is read for more changes than fit into a URL, and changed employees are yielded", async () => {
  const { bamboo, connection, pass, moment } = await connect();
  const start = moment();
  pass(120);
  for (let number = 0; number < 101; number++) bamboo.hire({ firstName: "Nova", lastName: `Late ${number}` });
  const { accounts } = await readChanges(connection, start);
  expect(accounts).toHaveLength(101);
  expect(bamboo.requestCount({ path: "/api/v1/employees" })).toBe(1);
});

test("a key that may not read the list reads changed employees from a report", async () => {
  const { bamboo, connection, pass, moment } = await connect();
  const start = moment();
  pass(120);
  bamboo.update(8, { preferredName: "Ed" });
  const listed = (await readChanges(connection, start)).accounts;
  bamboo.fault(when({ method: "GET", path: "/api/v1/employees" }, { kind: "response", status: 401 }));
  expect((await readChanges(connection, start)).accounts).toEqual(listed);
});

test("a hidden value of a changed employee makes the run partial", async () => {
  const { bamboo, connection, pass, moment } = await connect();
  const start = moment();
  pass(120);
  bamboo.update(8, { preferredName: "Ed" });
  bamboo.access.hiddenFields.add("workEmail");
  const { accounts, missing } = await readChanges(connection, start);
  expect(accounts).toEqual([]);
  expect(missing).toEqual([expect.stringContaining("workEmail of 1 employees")]);
});

test("a cursor that BambooHR refuses is expired", async () => {
  const { bamboo, connection, moment } = await connect();
  bamboo.fault(when({ path: CHANGED }, { kind: "response", status: 400 }));
  const error = await readChanges(connection, moment()).catch((thrown: unknown) => thrown);
  expect(isCursorExpiredError(error)).toBe(true);
  const unreadable = await readChanges(connection, "page 7").catch((thrown: unknown) => thrown);
  expect(isCursorExpiredError(unreadable)).toBe(true);
});

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await startBridge();
});
afterAll(() => bridge[Symbol.asyncDispose]());

test("after a full run only changes are read; deletions are found by the next full one", async () => {
  const { bamboo, connection } = await connectBambooHr();
  const { id: appId } = await bridge.client.createApp({ name: "BambooHR" });
  await registerResourceTypes(bridge.client, appId, connection.connector);
  const receipts = createMemoryReceipts();
  let now = new Date();
  const sync = () => runSync({ bridge: bridge.client, appId, connection, receipts, now: () => now });
  const read = (id: number) => bridge.client.getRecord(appId, "account", String(id));

  expect(await sync()).toMatchObject({ mode: "full", status: "completed" });
  bamboo.terminate(8);
  bamboo.remove(9);
  expect(await sync()).toMatchObject({ mode: "changes", status: "updated", pushed: { account: 1 } });
  expect([(await read(8)).status, (await read(9)).removed_at]).toEqual(["inactive", null]);

  now = new Date(now.getTime() + DAY);
  expect(await sync()).toMatchObject({ mode: "full", status: "completed" });
  expect((await read(9)).removed_at).not.toBeNull();
});
