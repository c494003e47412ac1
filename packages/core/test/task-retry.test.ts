import type { TaskErrorCode } from "@bridgekit/client";
import { beforeEach, expect, test, vi } from "vitest";
import { TaskError, UpstreamError, type Effect } from "../src/index.ts";
import { createMemoryJournal } from "../src/run.ts";
import { connectDirectory } from "./support/directory.ts";
import { shareBridge } from "./support/share-bridge.ts";
import { ACCOUNTS, createTaskApp, withoutClaims, type TaskApp } from "./support/task-app.ts";

const bridge = await shareBridge();
let app: TaskApp;

beforeEach(async () => {
  app = await createTaskApp(bridge);
});

const upstream = (effect: Effect, isRetryable = true, retryAfterSeconds?: number) =>
  new UpstreamError("Directory returned 500", { code: "INTERNAL_ERROR", effect, isRetryable, retryAfterSeconds });

/** Throws once. */
function failingOnce(error: Error) {
  let failures = 1;
  return () => {
    if (failures-- > 0) throw error;
  };
}

test.each([
  { name: "a call that had no effect", error: upstream("none") },
  { name: "a call whose effect is unknown", error: upstream("unknown") },
  { name: "a rate limit that the connector reports", error: new TaskError("RATE_LIMITED", "Too many today.") },
  { name: "a timeout that the connector reports", error: new TaskError("TIMEOUT", "No response.") },
  {
    name: "a failed call that the connector explains",
    error: new TaskError("INTERNAL_ERROR", "Half done.", { cause: upstream("none") }),
  },
])("$name is retried, and the handler gets the time of the first try", async ({ error }) => {
  await app.create("suspend_account", "u1");
  const fail = failingOnce(error);
  const begun: (Date | undefined)[] = [];
  const { connection, people } = await connectDirectory(ACCOUNTS, {
    before(_action, _id, { interruptedAt }) {
      begun.push(interruptedAt);
      fail();
    },
  });
  expect(await app.run({ connection })).toEqual({ completed: 1, failed: 0 });
  expect(begun).toEqual([undefined, expect.any(Date)]);
  expect(people.get("u1")?.status).toBe("suspended");
});

test.each([
  { name: "a call that was applied", error: upstream("applied") },
  { name: "a call that will fail again", error: upstream("none", false) },
  { name: "a refusal", error: new TaskError("LICENSE_EXHAUSTED", "No seat.", { cause: upstream("none") }) },
  { name: "an error of the connector", error: new TaskError("INTERNAL_ERROR", "No.") },
  { name: "a mistake", error: new RangeError("No.") },
])("$name is not retried", async ({ error }) => {
  await app.create("suspend_account", "u1");
  const { connection, done } = await connectDirectory(ACCOUNTS, {
    after() {
      throw error;
    },
  });
  expect(await app.run({ connection })).toEqual({ completed: 0, failed: 1 });
  expect(done).toHaveLength(1);
});

test("a failure that lasts longer than the budget is reported with the number of tries", async () => {
  const task = await app.create("suspend_account", "u1");
  let passedMs = 0;
  const { connection, done } = await connectDirectory(ACCOUNTS, {
    before(action, id) {
      done.push(`${action} ${id}`);
      passedMs += 20_000;
      throw new TaskError("RATE_LIMITED", "Too many today.");
    },
  });
  // Each try takes 20 seconds, however long this machine takes.
  const start = performance.now();
  vi.spyOn(performance, "now").mockImplementation(() => start + passedMs);
  const taskRetry = { budgetSeconds: 50, minDelaySeconds: 0.002, maxDelaySeconds: 0.005 };
  try {
    expect(await app.run({ connection, taskRetry })).toEqual({ completed: 0, failed: 1 });
  } finally {
    vi.restoreAllMocks();
  }
  expect(done).toHaveLength(3);
  expect((await app.read(task)).error).toEqual({
    code: "RATE_LIMITED",
    message: `Too many today. (tried ${done.length} times)`,
  });
});

test("a Retry-After longer than the budget fails the task at once", async () => {
  const task = await app.create("suspend_account", "u1");
  const { connection } = await connectDirectory(ACCOUNTS, {
    before() {
      throw upstream("none", true, 3600);
    },
  });
  await app.run({ connection });
  expect((await app.read(task)).error?.message).toContain("(tried once, and the system asks to wait 3600 seconds)");
});

test("while a task backs off, tasks of other accounts go on and those of its own account wait", async () => {
  await app.create("suspend_account", "u1");
  await app.create("unsuspend_account", "u1");
  await app.create("suspend_account", "u2");
  const order: string[] = [];
  let isLimited = true;
  const { connection } = await connectDirectory(ACCOUNTS, {
    before(action, id) {
      order.push(`${action} ${id}`);
      if (id === "u2") isLimited = false;
      else if (isLimited) throw new TaskError("RATE_LIMITED", "Not now.");
    },
  });
  expect(await app.run({ connection, taskRetry: { minDelaySeconds: 0.2, maxDelaySeconds: 0.2 } })).toEqual({
    completed: 3,
    failed: 0,
  });
  expect(order.findLast((line) => line.endsWith("u1"))).toBe("unsuspend_account u1");
  expect(order.indexOf("suspend_account u2")).toBeLessThan(order.indexOf("unsuspend_account u1"));
});

test("a handler that stops at its deadline is retried", async () => {
  await app.create("suspend_account", "u1");
  const fail = { left: 1 };
  const { connection, done } = await connectDirectory(ACCOUNTS, {
    before: (_action, _id, { signal }) =>
      fail.left-- > 0
        ? new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)))
        : undefined,
  });
  expect(await app.run({ connection, taskTimeoutSeconds: 0.5 })).toEqual({ completed: 1, failed: 0 });
  expect(done).toHaveLength(1);
});

test("a `once` action is never called twice", async () => {
  const failing = await app.create("suspend_account", "u1");
  const interrupted = await app.create("suspend_account", "u2");
  const journal = createMemoryJournal();
  await journal.write({ state: "intent", taskId: interrupted.id, at: "2026-11-01T10:00:00.000Z" });
  const { connection, done } = await connectDirectory(ACCOUNTS, {
    once: ["suspend_account"],
    after() {
      throw upstream("unknown");
    },
  });
  expect(await app.run({ connection, journal })).toEqual({ completed: 0, failed: 2 });
  expect(done).toEqual(["suspend_account u1"]);
  expect((await app.read(failing)).error?.message).toContain("Directory returned 500");
  expect((await app.read(interrupted)).error).toEqual({
    code: "INTERNAL_ERROR",
    message: expect.stringMatching(/began at 2026-11-01T10:00:00.000Z and was interrupted.*Check there/),
  });
});

test("a stop releases a task that backs off, and another runner gets it soon", async () => {
  const task = await app.create("suspend_account", "u1");
  const stop = new AbortController();
  const journal = createMemoryJournal();
  const { connection } = await connectDirectory(ACCOUNTS, {
    before() {
      throw new TaskError("RATE_LIMITED", "Not now.");
    },
    onBackOff: () => stop.abort(),
  });
  const taskRetry = { minDelaySeconds: 600, maxDelaySeconds: 600 };
  const run = { connection, journal, signal: stop.signal, until: "stopped", taskRetry, leaseSeconds: 3600 } as const;
  expect(await app.run(run)).toEqual({ completed: 0, failed: 0 });
  expect(journal.get(task.id)?.state).toBe("intent");
  // Long before the lease of the first runner ends.
  await expect.poll(() => bridge.client.claimTasks(app.appId, { runner: "other" })).toMatchObject([{ id: task.id }]);
});

test("the next run takes up a handler that a stop interrupted", async () => {
  const task = await app.create("suspend_account", "u1");
  const stop = new AbortController();
  const journal = createMemoryJournal();
  const { connection } = await connectDirectory(ACCOUNTS, {
    before(_action, _id, { signal, interruptedAt }) {
      if (interruptedAt) return undefined;
      stop.abort();
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    },
  });
  const stopped = await app.run({ connection, journal, signal: stop.signal, stopGraceSeconds: 0.05 });
  expect(stopped).toEqual({ completed: 0, failed: 0 });
  expect((await app.read(task)).status).toBe("pending");
  expect(await app.run({ connection, journal })).toEqual({ completed: 1, failed: 0 });
});

test("an action without a handler fails with the connector's own advice", async () => {
  const task = await app.create("reset_password", "u1");
  const { connection } = await connectDirectory(ACCOUNTS, {
    unsupported: { reset_password: "People set their password at https://login.example.com." },
  });
  await app.run({ connection });
  expect((await app.read(task)).error).toEqual({
    code: "INTERNAL_ERROR",
    message: expect.stringMatching(/does not offer reset_password.* People set their password at/),
  });
});

const MINUTE = 60_000;

/** A journal in which this failure of the task was reported `ago` milliseconds ago. */
async function reportedBefore({ id }: { id: string }, code: TaskErrorCode, ago: number, begunAt?: string) {
  const journal = createMemoryJournal();
  const outcome = { status: "failed", error: { code, message: "Not now." } } as const;
  const at = new Date(Date.now() - ago).toISOString();
  await journal.write({ state: "reported", taskId: id, at, outcome, ...(begunAt && { begunAt }) });
  return journal;
}

test.each([
  { code: "RATE_LIMITED", claims: true, ago: 0, calls: 1 },
  { code: "TIMEOUT", claims: true, ago: 0, calls: 1 },
  { code: "RATE_LIMITED", claims: false, ago: 2 * MINUTE, calls: 1 },
  // The list may lag behind the report.
  { code: "RATE_LIMITED", claims: false, ago: 0, calls: 0 },
  { code: "INTERNAL_ERROR", claims: true, ago: 2 * MINUTE, calls: 0 },
  { code: "LICENSE_EXHAUSTED", claims: true, ago: 2 * MINUTE, calls: 0 },
] as const)(
  "a task that comes back after a reported $code is executed $calls times",
  async ({ code, claims, ago, calls }) => {
    const task = await app.create("suspend_account", "u1");
    const begunAt = "2026-11-01T10:00:00.000Z";
    const journal = await reportedBefore(task, code, ago, begunAt);
    if (!claims) bridge.intercept = withoutClaims;
    const begun: (Date | undefined)[] = [];
    const { connection } = await connectDirectory(ACCOUNTS, {
      before: (_action, _id, { interruptedAt }) => void begun.push(interruptedAt),
    });
    await app.run({ connection, journal });
    expect(begun).toEqual(Array.from({ length: calls }, () => new Date(begunAt)));
    const isLeftAlone = !claims && ago === 0;
    expect((await app.read(task)).status).toBe(isLeftAlone ? "pending" : calls === 1 ? "completed" : "failed");
  },
);

test("a temporary failure is written with the time of the first try", async () => {
  const task = await app.create("suspend_account", "u1");
  const journal = createMemoryJournal();
  const { connection } = await connectDirectory(ACCOUNTS, {
    before() {
      throw new TaskError("RATE_LIMITED", "Not now.");
    },
  });
  await app.run({ connection, journal, taskRetry: { budgetSeconds: 0 } });
  expect(journal.get(task.id)).toMatchObject({ state: "reported", begunAt: expect.any(String) });
});

test("a `once` action is executed again only if it was turned away", async () => {
  const limited = await app.create("suspend_account", "u1");
  const timedOut = await app.create("suspend_account", "u2");
  const { connection, done } = await connectDirectory(ACCOUNTS, { once: ["suspend_account"] });
  await app.run({ connection, journal: await reportedBefore(limited, "RATE_LIMITED", 0, "2026-11-01T10:00:00.000Z") });
  expect(done).toContain("suspend_account u1");
  const again = await app.create("suspend_account", "u2");
  await app.run({ connection, journal: await reportedBefore(again, "TIMEOUT", 0, "2026-11-01T10:00:00.000Z") });
  expect((await app.read(again)).error?.message).toContain("began at 2026-11-01T10:00:00.000Z and was interrupted");
  expect((await app.read(timedOut)).status).toBe("completed");
  expect(done.filter((line) => line.endsWith("u2"))).toHaveLength(1);
});
