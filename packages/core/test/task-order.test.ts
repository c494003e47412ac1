import { beforeEach, expect, test } from "vitest";
import { createMemoryJournal } from "../src/run.ts";
import { connectDirectory } from "./support/directory.ts";
import { stopClock } from "./support/fake-clock.ts";
import { shareBridge } from "./support/share-bridge.ts";
import { ACCOUNTS, createTaskApp, withoutClaims, type TaskApp } from "./support/task-app.ts";

const bridge = await shareBridge();
let app: TaskApp;

beforeEach(async () => {
  app = await createTaskApp(bridge);
});

const bridges = [
  { name: "a Bridge with claims", intercept: () => undefined },
  { name: "a Bridge without claims", intercept: withoutClaims },
];

test.each(bridges)("$name: delete and suspend go first, with the tasks before them in their account", async (kind) => {
  await app.create("unsuspend_account", "u1");
  await app.create("update_account", "u2");
  await app.create("suspend_account", "u2");
  await app.create("delete_account", "u3");
  bridge.intercept = kind.intercept;
  const { connection, done } = await connectDirectory(ACCOUNTS);
  expect(await app.run({ connection })).toEqual({ completed: 4, failed: 0 });
  expect(done).toEqual(["update_account u2", "suspend_account u2", "delete_account u3", "unsuspend_account u1"]);
});

test.each(bridges)("$name: tasks of one account stay in order while others run concurrently", async (kind) => {
  for (const action of ["suspend_account", "unsuspend_account", "suspend_account"] as const)
    for (const id of ["u1", "u2", "u3"]) await app.create(action, id);
  bridge.intercept = kind.intercept;
  let running = 0;
  let most = 0;
  const { connection, done } = await connectDirectory(ACCOUNTS, {
    async before() {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
    },
    after: () => void running--,
  });
  expect(await app.run({ connection, concurrency: 2 })).toEqual({ completed: 9, failed: 0 });
  expect(most).toBe(2);
  for (const id of ["u1", "u2", "u3"])
    expect(done.filter((line) => line.endsWith(id)).map((line) => line.split(" ")[0])).toEqual([
      "suspend_account",
      "unsuspend_account",
      "suspend_account",
    ]);
});

test("a concurrency above the limit or below one is refused", async () => {
  const { connection } = await connectDirectory([]);
  for (const concurrency of [0, 1.5, 17])
    await expect(app.run({ connection, concurrency })).rejects.toThrow(`from 1 to 16; got ${concurrency}`);
});

test("two runners share an app, and no task is executed twice", async () => {
  for (let round = 0; round < 3; round++) for (const id of ACCOUNTS) await app.create("suspend_account", id);
  const { connection, done } = await connectDirectory(ACCOUNTS, { before: () => new Promise(setImmediate) });
  const counts = await Promise.all([app.run({ connection, concurrency: 2 }), app.run({ connection, concurrency: 2 })]);
  // A runner ends if the other one has all the tasks.
  const left = await app.run({ connection });
  expect(counts[0].completed + counts[1].completed + left.completed).toBe(27);
  expect(done).toHaveLength(27);
});

test("a task in flight stays with its runner for longer than a lease", async () => {
  const task = await app.create("suspend_account", "u1");
  const stolen: unknown[] = [];
  const others = bridge.connect(async (input, init) => bridge.fetch(new Request(input, init)));
  using clock = stopClock(bridge);
  const { connection } = await connectDirectory(ACCOUNTS, {
    async before() {
      bridge.intercept = async (request) => {
        if (!request.url.endsWith("/tasks/claim/")) return undefined;
        const response = await bridge.fetch(request);
        clock.renewals++;
        return response;
      };
      for (let n = 0; n < 5; n++) {
        await clock.pass(1200, { renews: true });
        stolen.push(...(await others.claimTasks(app.appId, { runner: "other", limit: 10 })));
      }
    },
  });
  await app.run({ connection, leaseSeconds: 3600 });
  expect(stolen).toEqual([]);
  expect((await app.read(task)).status).toBe("completed");
});

test("a new task wakes a waiting runner", async () => {
  const stop = new AbortController();
  const { connection, done } = await connectDirectory(ACCOUNTS);
  bridge.intercept = async (request) => {
    if (request.headers.get("prefer") !== "wait=30") return undefined;
    bridge.intercept = () => undefined;
    setTimeout(() => void app.create("suspend_account", "u1"), 50);
    return undefined;
  };
  await app.run({ connection, until: "stopped", signal: stop.signal, onOutcome: () => stop.abort() });
  expect(done).toEqual(["suspend_account u1"]);
});

test("a Bridge that does not hold its responses back is polled at most every ten seconds", async () => {
  const stop = new AbortController();
  const { connection } = await connectDirectory(ACCOUNTS);
  let polls = 0;
  bridge.intercept = (request) => {
    if (request.method !== "GET") return withoutClaims(request);
    if (polls++ === 0) setTimeout(() => stop.abort(), 300);
    return Response.json({ tasks: [] });
  };
  await app.run({ connection, until: "stopped", signal: stop.signal, pollSeconds: 0.001 });
  expect(polls).toBe(1);
});

test("a runner that opens the journal again takes up its tasks in flight before their leases end", async () => {
  const task = await app.create("suspend_account", "u1");
  const journal = createMemoryJournal();
  await bridge.client.claimTasks(app.appId, { runner: journal.runner, lease_seconds: 3600 });
  await journal.write({ state: "intent", taskId: task.id, at: new Date().toISOString() });
  const { connection } = await connectDirectory(ACCOUNTS);
  expect(await app.run({ connection })).toEqual({ completed: 0, failed: 0 });
  expect(await app.run({ connection, journal })).toEqual({ completed: 1, failed: 0 });
});

test("a claim whose response was lost holds back the tasks behind it", async () => {
  await app.create("suspend_account", "u1");
  await app.create("unsuspend_account", "u1");
  const journal = createMemoryJournal();
  await bridge.client.claimTasks(app.appId, { runner: journal.runner, limit: 1, lease_seconds: 60 });
  const { connection, done } = await connectDirectory(ACCOUNTS);
  await app.run({ connection, journal });
  expect(done).toEqual([]);
});

test.each(bridges)(
  "$name: tasks are executed in the order in which they are due, however they are listed",
  async (kind) => {
    for (const action of ["suspend_account", "unsuspend_account", "suspend_account"] as const) {
      await app.create(action, "u1");
      // Within one millisecond only the list shows the order.
      bridge.pass(1);
    }
    bridge.intercept = async (request) => {
      if (request.method !== "GET" || !request.url.includes("/tasks/?")) return kind.intercept(request);
      const list = (await (await bridge.fetch(request)).json()) as { tasks: object[] };
      return Response.json({ ...list, tasks: list.tasks.toReversed() });
    };
    const { connection, done } = await connectDirectory(ACCOUNTS);
    expect(await app.run({ connection })).toEqual({ completed: 3, failed: 0 });
    expect(done).toEqual(["suspend_account u1", "unsuspend_account u1", "suspend_account u1"]);
  },
);
