import { beforeEach, expect, test, vi } from "vitest";
import { UpstreamError } from "../src/index.ts";
import { createMemoryJournal } from "../src/run.ts";
import { Leases } from "../src/tasks/leases.ts";
import { connectDirectory } from "./support/directory.ts";
import { stopClock } from "./support/fake-clock.ts";
import { shareBridge } from "./support/share-bridge.ts";
import { ACCOUNTS, createTaskApp, withoutClaims, type TaskApp } from "./support/task-app.ts";

const bridge = await shareBridge();
let app: TaskApp;

beforeEach(async () => {
  app = await createTaskApp(bridge);
});

interface ClaimBody {
  runner: string;
  task_ids?: string[];
  lease_seconds: number;
  begin?: boolean;
}

/** Responds to claims in place of the Bridge, or lets them through. */
function onClaim(
  respond: (claim: ClaimBody, request: Request) => Response | undefined | Promise<Response | undefined>,
) {
  bridge.intercept = async (request) => {
    if (request.method !== "POST" || !request.url.endsWith("/tasks/claim/")) return undefined;
    return respond((await request.clone().json()) as ClaimBody, request);
  };
}

const page = (status: number) =>
  new Response("<html>Nothing here</html>", { status, headers: { "content-type": "text/html" } });
const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));

test.each([404, 405])("a proxy's page with %i to a claim does not turn claims off", async (status) => {
  await app.create("suspend_account", "u1");
  const { connection, done } = await connectDirectory(ACCOUNTS);
  onClaim(() => page(status));
  await expect(app.run({ connection })).rejects.toThrow(`returned ${status}`);
  expect(done).toEqual([]);

  let pages = 1;
  onClaim(() => (pages-- > 0 ? page(status) : undefined));
  const stop = new AbortController();
  await app.run({ connection, until: "stopped", signal: stop.signal, onOutcome: () => stop.abort() });
  expect(done).toEqual(["suspend_account u1"]);
});

test("a proxy's page with 404 to a report does not count as a response of the Bridge: the outcome is reported again", async () => {
  const task = await app.create("suspend_account", "u1");
  const { connection, done } = await connectDirectory(ACCOUNTS);
  const journal = createMemoryJournal();
  bridge.intercept = (request) => (request.method === "PATCH" ? page(404) : undefined);
  await expect(app.run({ connection, journal })).rejects.toThrow("returned 404");
  bridge.intercept = () => undefined;
  expect(await app.run({ connection, journal })).toEqual({ completed: 1, failed: 0 });
  expect(done).toHaveLength(1);
  expect((await app.read(task)).status).toBe("completed");
});

test("after a claim has succeeded nothing is executed without one, whatever the Bridge responds", async () => {
  for (const id of ["u1", "u2"]) await app.create("suspend_account", id);
  const { connection, done } = await connectDirectory(ACCOUNTS, {
    after: () => onClaim(() => Response.json({ detail: "Not found." }, { status: 404 })),
  });
  await expect(app.run({ connection })).rejects.toThrow("Not found.");
  expect(done).toEqual(["suspend_account u1"]);
});

test("claims are tried again later on a Bridge that offered none", async () => {
  const tasks = [await app.create("suspend_account", "u1")];
  bridge.intercept = withoutClaims;
  const { connection } = await connectDirectory(ACCOUNTS, {
    async after(_action, id) {
      if (id !== "u1") return;
      bridge.intercept = () => undefined;
      tasks.push(await app.create("suspend_account", "u2"));
      const clock = performance.now.bind(performance);
      vi.spyOn(performance, "now").mockImplementation(() => clock() + 601_000);
    },
  });
  try {
    expect(await app.run({ connection })).toEqual({ completed: 2, failed: 0 });
  } finally {
    vi.restoreAllMocks();
  }
  const claims = tasks.map(async ({ id }) => {
    const { history } = await bridge.client.getTask(app.appId, id);
    return history.filter(({ event }) => event === "claimed").length;
  });
  expect(await Promise.all(claims)).toEqual([0, 1]);
});

test("a lease ends for its runner while a sixth of it is left, counted from the request", () => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
  try {
    const leases = new Leases();
    const sentAt = performance.now();
    vi.advanceTimersByTime(10_000);
    leases.grant(["t"], sentAt, 90);
    const lost = leases.signalOf("t")!;
    vi.advanceTimersByTime(64_000);
    expect([leases.isHeld("t"), lost.aborted]).toEqual([true, false]);
    vi.advanceTimersByTime(1_000);
    expect([leases.isHeld("t"), lost.aborted]).toEqual([false, true]);
    // A late renewal starts a new lease.
    leases.grant(["t"], performance.now(), 90);
    expect([leases.isHeld("t"), leases.signalOf("t")!.aborted, lost.aborted]).toEqual([true, false, true]);
    leases.lose("t");
    expect([leases.isHeld("t"), leases.signalOf("t")!.aborted]).toEqual([false, true]);
    expect(leases.isHeld("never leased")).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

test("a lease that can't be renewed stops its handler, and another runner gets the time of the first try", async () => {
  const task = await app.create("suspend_account", "u1");
  using clock = stopClock(bridge);
  const { connection } = await connectDirectory(ACCOUNTS, {
    async before(_action, _id, { signal }) {
      onClaim(() => new Response("", { status: 503 }));
      const isAborted = untilAborted(signal);
      await clock.pass(3000);
      await isAborted;
      throw new UpstreamError("interrupted", { code: "INTERNAL_ERROR", effect: "unknown", isRetryable: true });
    },
  });
  const journal = createMemoryJournal();
  expect(await app.run({ connection, journal, leaseSeconds: 3600 })).toEqual({ completed: 0, failed: 0 });
  expect(await app.read(task)).toMatchObject({ status: "pending", begun: { runner: journal.runner } });

  bridge.intercept = () => undefined;
  expect((await app.read(task)).claim?.runner).toBe(journal.runner);
  await clock.pass(600);
  expect((await app.read(task)).claim).toBeUndefined();
  const begun: (Date | undefined)[] = [];
  const other = await connectDirectory(ACCOUNTS, {
    before: (_action, _id, { interruptedAt }) => void begun.push(interruptedAt),
  });
  expect(await app.run({ connection: other.connection })).toEqual({ completed: 1, failed: 0 });
  expect(begun).toEqual([new Date((await app.read(task)).begun!.at)]);
});

test("an outcome that comes after the lease was lost is not reported while another runner has the task", async () => {
  const task = await app.create("suspend_account", "u1");
  let renewals = 0;
  using clock = stopClock(bridge);
  const { connection, done } = await connectDirectory(ACCOUNTS, {
    async before(_action, _id, { signal }) {
      onClaim(() => {
        renewals++;
        return Response.json({ tasks: [] });
      });
      const isAborted = untilAborted(signal);
      await clock.pass(1200);
      await isAborted;
    },
  });
  const journal = createMemoryJournal();
  expect(await app.run({ connection, journal, leaseSeconds: 3600 })).toEqual({ completed: 0, failed: 0 });
  expect([done.length, renewals]).toEqual([1, 2]);
  expect(bridge.calls.filter((call) => call.startsWith("report"))).toEqual([]);
  expect(await app.read(task)).toMatchObject({ status: "pending" });

  // The task comes back to this runner, whose journal knows the outcome.
  bridge.intercept = () => undefined;
  await clock.pass(2400);
  expect((await app.read(task)).claim).toBeUndefined();
  expect(await app.run({ connection, journal })).toEqual({ completed: 1, failed: 0 });
  expect(done).toHaveLength(1);
});

test("an interrupted task is not released, and another runner does not call a `once` handler again", async () => {
  const task = await app.create("suspend_account", "u1");
  const stop = new AbortController();
  let calls = 0;
  const claims: ClaimBody[] = [];
  onClaim((claim) => void claims.push(claim));
  const { connection } = await connectDirectory(ACCOUNTS, {
    once: ["suspend_account"],
    before() {
      calls++;
      stop.abort();
      return new Promise(() => undefined);
    },
  });
  const run = { connection, signal: stop.signal, stopGraceSeconds: 0.05, leaseSeconds: 3600 };
  expect(await app.run(run)).toEqual({ completed: 0, failed: 0 });
  expect(claims.filter(({ lease_seconds }) => lease_seconds < 3600)).toEqual([]);

  bridge.pass(3600);
  expect((await app.read(task)).claim).toBeUndefined();
  expect(await app.run({ connection })).toEqual({ completed: 0, failed: 1 });
  expect(calls).toBe(1);
  const { error, begun } = await app.read(task);
  expect(error?.message).toContain(`began at ${begun!.at} and was interrupted`);
});

test("a runner that another has replaced aborts its handlers at once, and reports nothing", async () => {
  const task = await app.create("suspend_account", "u1");
  const kill = new AbortController();
  const { connection } = await connectDirectory(ACCOUNTS, {
    async before(_action, _id, { signal }) {
      const isAborted = untilAborted(signal);
      kill.abort();
      await isAborted;
      throw signal.reason;
    },
  });
  const run = { connection, killSignal: kill.signal, stopGraceSeconds: 3600, taskTimeoutSeconds: 3600 };
  expect(await app.run(run)).toEqual({ completed: 0, failed: 0 });
  expect(await app.read(task)).toMatchObject({ status: "pending" });
});

test("the next runner learns from the Bridge that a dead one had begun", async () => {
  const task = await app.create("suspend_account", "u1");
  const claim = { runner: "dead", task_ids: [task.id], lease_seconds: 60 };
  const [claimed] = await bridge.client.claimTasks(app.appId, { ...claim, begin: true });
  bridge.pass(60);
  const begun: (Date | undefined)[] = [];
  const { connection } = await connectDirectory(ACCOUNTS, {
    before: (_action, _id, { interruptedAt }) => void begun.push(interruptedAt),
  });
  expect(await app.run({ connection })).toEqual({ completed: 1, failed: 0 });
  expect(begun).toEqual([new Date(claimed!.begun!.at)]);
});

test("a task whose outcome could not be reported is not released to another runner", async () => {
  await app.create("suspend_account", "u1");
  const { connection } = await connectDirectory(ACCOUNTS);
  bridge.intercept = (request) => (request.method === "PATCH" ? new Response("", { status: 503 }) : undefined);
  await expect(app.run({ connection, leaseSeconds: 3600 })).rejects.toThrow("503");
  bridge.pass(60);
  expect(await bridge.client.claimTasks(app.appId, { runner: "other" })).toEqual([]);
});

test("a Bridge that does not record begun tasks gets no `begin`, and a begun task stays with its runner", async () => {
  const task = await app.create("suspend_account", "u1");
  const claims: ClaimBody[] = [];
  onClaim(async (claim, request) => {
    claims.push(claim);
    if (claim.begin !== undefined)
      return Response.json({ detail: "body: has an unknown field begin" }, { status: 400 });
    const { status, body } = await bridge.fetch(request);
    return new Response(body, { status, headers: { "content-type": "application/json" } });
  });
  const stop = new AbortController();
  const journal = createMemoryJournal();
  const { connection } = await connectDirectory(ACCOUNTS, {
    before(_action, _id, { interruptedAt }) {
      if (interruptedAt) return;
      throw new UpstreamError("busy", { code: "RATE_LIMITED", effect: "none", isRetryable: true });
    },
    onBackOff: () => stop.abort(),
  });
  const taskRetry = { minDelaySeconds: 600, maxDelaySeconds: 600 };
  await app.run({ connection, journal, signal: stop.signal, until: "stopped", taskRetry, leaseSeconds: 3600 });
  expect((await app.read(task)).claim?.runner).toBe(journal.runner);
  expect(await app.run({ connection, journal })).toEqual({ completed: 1, failed: 0 });
  expect(claims.filter(({ begin, lease_seconds }) => begin || lease_seconds === 1)).toEqual([]);
});
