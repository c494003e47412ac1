import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { UpstreamError } from "../src/index.ts";
import { createMemoryJournal, openFileJournal } from "../src/run.ts";
import { connectDirectory } from "./support/directory.ts";
import { shareBridge } from "./support/share-bridge.ts";
import { ACCOUNTS, createTaskApp, fillingUp, withoutClaims, type TaskApp } from "./support/task-app.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const bridge = await shareBridge();
let app: TaskApp;

beforeEach(async () => {
  app = await createTaskApp(bridge);
});

const journalPath = async () => join(await temporaryFolder("bridgekit-journal-"), "tasks.jsonl");

test.each([
  { state: "intent", interrupted: [false], says: "is executed for the first time" },
  { state: "outcome", interrupted: [false, true], says: "is executed again as interrupted" },
  { state: "reported", interrupted: [false], says: "is reported again and not executed" },
])("a task whose process died before $state was on the disk $says", async ({ state, interrupted }) => {
  const task = await app.create("suspend_account", "u1");
  // Without claims, so that the second run does not wait for the end of a lease.
  bridge.intercept = withoutClaims;
  const path = await journalPath();
  const wasInterrupted: boolean[] = [];
  const { connection } = await connectDirectory(ACCOUNTS, {
    before: (_action, _id, { interruptedAt }) => void wasInterrupted.push(interruptedAt !== undefined),
  });
  {
    await using journal = await openFileJournal(path);
    const crashing = fillingUp(journal, (written) => written === state);
    await expect(app.run({ connection, journal: crashing })).rejects.toThrow("ENOSPC");
  }
  await using journal = await openFileJournal(path);
  await app.run({ connection, journal });
  expect(wasInterrupted).toEqual(interrupted);
  expect(journal.get(task.id)?.state).toBe("reported");
  expect((await app.read(task)).status).toBe("completed");
});

test("a disk that is full for a while delays tasks, and none is executed twice", async () => {
  for (const id of ACCOUNTS) await app.create("suspend_account", id);
  const stop = new AbortController();
  let writes = 0;
  const journal = fillingUp(createMemoryJournal(), (state) => state !== "intent" && ++writes % 3 === 0);
  const { connection, done } = await connectDirectory(ACCOUNTS);
  let ended = 0;
  const onOutcome = () => void (++ended === ACCOUNTS.length && stop.abort());
  await app.run({ connection, journal, concurrency: 3, until: "stopped", signal: stop.signal, onOutcome });
  expect(done.toSorted()).toEqual(ACCOUNTS.map((id) => `suspend_account ${id}`));
});

test.each([
  { name: "with claims", claims: () => undefined },
  { name: "without claims", claims: withoutClaims },
])("failed reports are sent again, $name, and the tasks behind them go on", async ({ claims }) => {
  for (const id of ACCOUNTS) await app.create("suspend_account", id);
  const stop = new AbortController();
  let reports = 0;
  bridge.intercept = async (request) => {
    if (request.method !== "PATCH" || ++reports > 6) return claims(request);
    return new Response("", { status: 503 });
  };
  const { connection, done } = await connectDirectory(ACCOUNTS);
  let ended = 0;
  const onOutcome = () => void (++ended === ACCOUNTS.length && stop.abort());
  await app.run({ connection, until: "stopped", signal: stop.signal, onOutcome });
  expect(done.toSorted()).toEqual(ACCOUNTS.map((id) => `suspend_account ${id}`));
});

test("an outcome is reported once if the journal fails to record that it was reported", async () => {
  await app.create("suspend_account", "u1");
  const stop = new AbortController();
  let isFull = true;
  let reports = 0;
  bridge.intercept = ({ method }) => void (method === "PATCH" && reports++);
  const memory = createMemoryJournal();
  const journal = fillingUp(memory, (state) => {
    if (state !== "reported") return false;
    if (!isFull) stop.abort();
    isFull = !isFull;
    return !isFull;
  });
  const { connection } = await connectDirectory(ACCOUNTS);
  const run = { connection, journal, until: "stopped", signal: stop.signal } as const;
  expect(await app.run(run)).toEqual({ completed: 1, failed: 0 });
  expect(reports).toBe(1);
  expect([...memory.entries()]).toMatchObject([{ state: "reported" }]);
});

test("a handler is called again as interrupted if the system failed after it did its work", async () => {
  const task = await app.create("suspend_account", "u1");
  const { connection, people, done } = await connectDirectory(ACCOUNTS, {
    after(_action, id, { interruptedAt }) {
      if (interruptedAt) return;
      expect(people.get(id)?.status).toBe("suspended");
      throw new UpstreamError("Directory returned 500", {
        code: "INTERNAL_ERROR",
        effect: "unknown",
        isRetryable: true,
      });
    },
  });
  expect(await app.run({ connection })).toEqual({ completed: 1, failed: 0 });
  expect(done).toHaveLength(2);
  expect((await app.read(task)).status).toBe("completed");
});

test("a task that is cancelled while it is executed ends with the 409", async () => {
  const task = await app.create("suspend_account", "u1");
  const journal = createMemoryJournal();
  const { connection, done } = await connectDirectory(ACCOUNTS, {
    before: () => bridge.client.cancelTask(app.appId, task.id),
  });
  await app.run({ connection, journal });
  await app.run({ connection, journal });
  expect(done).toHaveLength(1);
  expect(journal.get(task.id)?.state).toBe("reported");
});

test("a Bridge that was restored from before a report gets the report again, and nothing is executed", async () => {
  const task = await app.create("suspend_account", "u1");
  const journal = createMemoryJournal();
  const outcome = { status: "completed", result: {} } as const;
  await journal.write({ state: "reported", taskId: task.id, at: new Date().toISOString(), outcome });
  const { connection, done } = await connectDirectory(ACCOUNTS);
  expect(await app.run({ connection, journal })).toEqual({ completed: 1, failed: 0 });
  expect(done).toEqual([]);
});
