import { afterEach, expect, test, vi } from "vitest";
import { createHttp } from "../src/http/create-http.ts";
import type { HttpOptions } from "../src/http/http-options.ts";
import type { RateLimitResponse } from "../src/index.ts";
import { createHosts } from "../src/run.ts";
import { createUsage, roundUsage, runContext } from "../src/run-context.ts";
import { failure, refused } from "./support/failing-upstream.ts";

const ORIGIN = "http://wiki.example.com";
// All calls have the same credential; limit-scopes.test.ts has several.
const headers = { authorization: "Bearer token" };
type Respond = () => Response | Promise<Response>;

/** A host whose responses are held back until they are released one by one, and the log of its requests. */
function upstream() {
  const log: string[] = [];
  const open: (() => void)[] = [];
  const responses = new Map<string, Respond[]>();
  const hosts = createHosts();
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const path = new URL(new Request(url).url).pathname;
    log.push(path);
    init!.signal!.throwIfAborted();
    const respond = responses.get(path)?.shift() ?? (() => Response.json(path));
    if (path.startsWith("/held")) await new Promise<void>((resolve) => open.push(resolve));
    return respond();
  };
  const connect = (options: Partial<HttpOptions> = {}) => {
    const retry = { retries: 2, minDelaySeconds: 0.001, maxDelaySeconds: 0.002 };
    const http = createHttp({ system: "Wiki", baseUrl: ORIGIN, retry, headers, ...options }, { fetch, hosts });
    return (path: string, signal?: AbortSignal) => http.request({ method: "GET", path, ...(signal && { signal }) });
  };
  return {
    log,
    connect,
    respond: (path: string, ...next: Respond[]) => void responses.set(path, next),
    release: () => open.splice(0).forEach((resolve) => resolve()),
  };
}

function inRun<T>(work: "sync" | "tasks", call: () => T, signal = new AbortController().signal) {
  const usage = createUsage();
  return { usage, result: runContext.run({ work, usage, signal }, call) };
}

const limited =
  (headers: Record<string, string>, status = 429): Respond =>
  () =>
    Response.json({}, { status, headers });
const settle = () => vi.advanceTimersByTimeAsync(0);

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Counts pending timers, set from now on, that keep the process alive. */
function trackTimers(): () => number {
  const { setTimeout, clearTimeout } = globalThis;
  const pending = new Set<NodeJS.Timeout>();
  vi.stubGlobal("setTimeout", (run: () => void, milliseconds?: number) => {
    const timer = setTimeout(() => {
      pending.delete(timer);
      run();
    }, milliseconds);
    pending.add(timer);
    return timer;
  });
  vi.stubGlobal("clearTimeout", (timer: NodeJS.Timeout) => {
    pending.delete(timer);
    clearTimeout(timer);
  });
  return () => [...pending].filter((timer) => timer.hasRef()).length;
}

test("all connections of a host share its concurrency, and tasks go before syncs", async () => {
  const { connect, log, release } = upstream();
  const [first, second] = [connect({ limits: { concurrency: 1 } }), connect()];
  const calls = [first("/held")];
  for (const path of ["/sync-1", "/sync-2"]) calls.push(inRun("sync", () => second(path)).result);
  calls.push(second("/check"));
  for (const path of ["/task-1", "/task-2"]) calls.push(inRun("tasks", () => first(path)).result);
  await expect.poll(() => log).toEqual(["/held"]);
  release();
  await Promise.all(calls);
  expect(log).toEqual(["/held", "/task-1", "/task-2", "/check", "/sync-1", "/sync-2"]);
});

test("another host has its own concurrency", async () => {
  const { connect, log, release } = upstream();
  const held = connect({ limits: { concurrency: 1 } })("/held");
  await connect({ baseUrl: "http://other.example.com", limits: { concurrency: 1 } })("/free");
  expect(log).toEqual(["/held", "/free"]);
  release();
  await held;
});

test("no more calls begin within any second than the connector allows", async () => {
  vi.useFakeTimers();
  const { connect, log } = upstream();
  const call = connect({ limits: { perSecond: 2 } });
  const calls = [call("/1")];
  await vi.advanceTimersByTimeAsync(900);
  calls.push(...["/2", "/3", "/4"].map((path) => call(path)));
  await settle();
  expect(log).toEqual(["/1", "/2"]);
  await vi.advanceTimersByTimeAsync(150);
  expect(log).toEqual(["/1", "/2", "/3"]);
  await vi.advanceTimersByTimeAsync(1000);
  await Promise.all(calls);
  expect(log).toHaveLength(4);
});

test.each<[string, Respond]>([
  ["429 with Retry-After in seconds", limited({ "retry-after": "20" })],
  [
    "503 with Retry-After as a date",
    () => limited({ "retry-after": new Date(Date.now() + 20_000).toUTCString() }, 503)(),
  ],
  [
    "429 with a reset as ISO 8601",
    () => limited({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": new Date(Date.now() + 20_000).toISOString() })(),
  ],
  ["a success that used up the last call", limited({ "ratelimit-remaining": "0", "ratelimit-reset": "20" }, 200)],
  ["a success with the combined header", limited({ ratelimit: '"default";r=0;t=20' }, 200)],
])("after %s all calls with the same credential pause, and tasks go first afterwards", async (_what, respond) => {
  vi.useFakeTimers({ now: new Date("2026-11-26T12:00:00Z") });
  const { connect, log, respond: script } = upstream();
  const [first, second] = [connect(), connect({ limits: { concurrency: 1 } })];
  script("/limited", respond);
  const calls = [first("/limited")];
  await settle();
  calls.push(inRun("sync", () => second("/sync")).result);
  const task = inRun("tasks", () => first("/task"));
  calls.push(task.result);
  await vi.advanceTimersByTimeAsync(18_000);
  expect(log).toEqual(["/limited"]);
  await vi.advanceTimersByTimeAsync(3_000);
  await Promise.all(calls);
  expect(log.slice(1, 3)).toEqual(["/task", "/sync"]);
  expect(task.usage.waitSeconds).toBeGreaterThan(18);
});

test("a call that already waited in the queue waits for the pause too", async () => {
  vi.useFakeTimers();
  const { connect, log, respond, release } = upstream();
  const call = connect({ limits: { concurrency: 1 } });
  respond("/held", limited({ "retry-after": "20" }));
  const calls = [call("/held"), call("/queued")];
  await settle();
  release();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(log).toEqual(["/held"]);
  await vi.advanceTimersByTimeAsync(6_000);
  release();
  await Promise.all(calls);
  expect(log).toContain("/queued");
});

test("if rate-limit buckets are by endpoint, only the endpoint pauses", async () => {
  vi.useFakeTimers();
  const { connect, log, respond } = upstream();
  const call = connect({ limits: { bucket: ({ method, path }) => `${method} ${path}` } });
  respond("/users", limited({ "retry-after": "20" }));
  const users = call("/users");
  await settle();
  await call("/groups");
  expect(log).toEqual(["/users", "/groups"]);
  await vi.advanceTimersByTimeAsync(21_000);
  await users;
  expect(log).toEqual(["/users", "/groups", "/users"]);
});

test("near the limit calls are sent one at a time, until a response says otherwise", async () => {
  const { connect, log, respond, release } = upstream();
  const call = connect();
  respond("/near", limited({ "x-ratelimit-nearlimit": "true" }, 200));
  respond("/held-1", limited({ "x-ratelimit-limit": "100", "x-ratelimit-remaining": "19" }, 200));
  await call("/near");
  const calls = ["/held-1", "/held-2", "/3", "/4"].map((path) => call(path));
  await expect.poll(() => log).toEqual(["/near", "/held-1"]);
  release();
  await expect.poll(() => log).toEqual(["/near", "/held-1", "/held-2"]);
  release();
  await Promise.all(calls);
  expect(log).toHaveLength(5);
});

test("a pause that is longer than a call waits for fails it at once, also while it waits", async () => {
  const { connect, log, respond, release } = upstream();
  const call = connect({ limits: { concurrency: 1 } });
  respond("/held", limited({ "retry-after": "7200" }));
  const calls = [call("/held"), call("/queued")].map(failure);
  await expect.poll(() => log).toEqual(["/held"]);
  release();
  const [limitedError, queued] = await Promise.all(calls);
  expect(limitedError).toMatchObject({ code: "RATE_LIMITED", retryAfterSeconds: 7200 });
  expect(queued).toMatchObject({ code: "RATE_LIMITED", effect: "none", isRetryable: true });
  expect((await failure(call("/later"))).message).toMatch(/Wiki asked for a pause; it is not called for another \d+ s/);
  expect(log).toEqual(["/held"]);
});

test("a pause that grows too long fails the calls that wait for it", async () => {
  vi.useFakeTimers();
  const { connect, log, respond, release } = upstream();
  const call = connect();
  respond("/held", limited({ "retry-after": "7200" }));
  respond("/short", limited({ "retry-after": "60" }));
  const calls = ["/held", "/short"].map((path) => failure(call(path)));
  await settle();
  calls.push(failure(call("/waiting")));
  await settle();
  release();
  await vi.advanceTimersByTimeAsync(61_000);
  for (const error of await Promise.all(calls)) expect(error).toMatchObject({ code: "RATE_LIMITED", effect: "none" });
  expect(log).toEqual(["/held", "/short"]);
});

test("an error response that the connector explains as RATE_LIMITED pauses", async () => {
  vi.useFakeTimers();
  const { connect, log, respond } = upstream();
  const call = connect({
    explain: ({ status }) =>
      status === 403 ? { code: "RATE_LIMITED", isRetryable: true, retryAfterSeconds: 20 } : undefined,
  });
  respond("/limited", limited({}, 403));
  const { usage, result } = inRun("sync", () => call("/limited"));
  await settle();
  const other = call("/other");
  await vi.advanceTimersByTimeAsync(15_000);
  expect(log).toEqual(["/limited"]);
  await vi.advanceTimersByTimeAsync(6_000);
  await Promise.all([result, other]);
  expect(usage).toMatchObject({ calls: 2, retries: 1, rateLimited: 1 });
});

test("a rate limit that the connector finds in a response with status 200 pauses too", async () => {
  vi.useFakeTimers();
  const { connect, log, respond } = upstream();
  const call = connect({
    explainSuccess: ({ body }) =>
      (body as { error?: object }).error && { code: "RATE_LIMITED", isRetryable: true, effect: "none" },
  });
  respond("/limited", () => Response.json({ error: { code: 429 } }, { headers: { "retry-after": "20" } }));
  const { usage, result } = inRun("sync", () => call("/limited"));
  await settle();
  const other = call("/other");
  await vi.advanceTimersByTimeAsync(15_000);
  expect(log).toEqual(["/limited"]);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(await Promise.all([result, other])).toEqual(["/limited", "/other"]);
  expect(usage).toMatchObject({ calls: 2, retries: 1, rateLimited: 1 });
});

/** Reads a quota such as `api-usage=4500/5000`. */
function readUsage({ headers }: RateLimitResponse) {
  const [, used, limit] = /api-usage=(\d+)\/(\d+)/.exec(headers.get("x-usage") ?? "") ?? [];
  return limit === undefined ? {} : { quota: { used: Number(used), limit: Number(limit) } };
}

test("below the floor of the daily quota syncs are refused, tasks go on, and a later sync checks again", async () => {
  vi.useFakeTimers();
  const { connect, log, respond } = upstream();
  const call = connect({ limits: { quotaFloor: 0.1, read: readUsage } });
  const sync = (path: string) => inRun("sync", () => call(path)).result;
  respond("/1", limited({ "x-usage": "api-usage=4500/5000" }, 200));
  respond("/2", limited({ "x-usage": "api-usage=4501/5000" }, 200));
  await sync("/1");
  await sync("/2");
  expect(await failure(sync("/3"))).toMatchObject({
    code: "RATE_LIMITED",
    effect: "none",
    message:
      "Wiki has used 4501 of the 5000 calls of its daily quota; the last 10 % are kept for tasks, so syncs wait " +
      "until some are free again",
  });
  await inRun("tasks", () => call("/task")).result;
  expect(log).toEqual(["/1", "/2", "/task"]);
  await vi.advanceTimersByTimeAsync(900_000);
  await sync("/4");
  expect(log).toHaveLength(4);
});

test("a host that is down is not called for a while, and a call that waits that long succeeds", async () => {
  vi.useFakeTimers();
  const { connect, log, respond } = upstream();
  const call = connect({ retry: { retries: 0 } });
  const fail: Respond = () => Promise.reject(refused());
  for (let n = 0; n < 10; n++) {
    respond(`/down-${n}`, fail);
    await failure(call(`/down-${n}`));
  }
  expect(log).toHaveLength(10);
  const error = await failure(call("/up"));
  expect(error).toMatchObject({ effect: "none", isRetryable: true });
  expect(error.message).toBe(
    "Wiki failed many times in a row and is left alone; it is not called for another 10 seconds",
  );
  expect(log).toHaveLength(10);
  const patient = connect()("/up");
  await vi.advanceTimersByTimeAsync(11_000);
  expect(await patient).toBe("/up");
});

test("a host that sends error responses is not down", async () => {
  const { connect, log, respond } = upstream();
  const call = connect({ retry: { retries: 0 } });
  for (let n = 0; n < 30; n++) {
    respond("/some", n % 9 === 8 ? limited({}, 404) : () => Promise.reject(refused()));
    await failure(call("/some"));
  }
  expect(log).toHaveLength(30);
});

test("a waiting call leaves the queue when it is stopped, and no timer keeps the process alive then", async () => {
  const { connect, log, respond } = upstream();
  const call = connect();
  respond("/limited", limited({ "retry-after": "200" }));
  const timers = trackTimers();
  const stop = new AbortController();
  const sync = inRun("sync", () => Promise.allSettled([call("/limited")]), stop.signal).result;
  await vi.waitFor(() => expect(timers()).toBeGreaterThan(0), { timeout: 300_000 });
  const tasks = inRun("tasks", () => Promise.allSettled([call("/late-1"), call("/late-2")]), stop.signal).result;
  await new Promise((resolve) => setImmediate(resolve));
  stop.abort(new Error("stopped"));
  const stopped = { status: "rejected", reason: stop.signal.reason as unknown };
  expect([...(await sync), ...(await tasks)]).toEqual([stopped, stopped, stopped]);
  expect(log).toEqual(["/limited"]);
  expect(timers()).toBe(0);
});

test("the waiting time of a run is rounded to milliseconds", () => {
  expect(roundUsage({ ...createUsage(), waitSeconds: 0.008290688000000044 }).waitSeconds).toBe(0.008);
});

test("connections take turns: a call waits for one call of a busy connection, not for all", async () => {
  const { log, connect, release } = upstream();
  const [busy, other] = [connect({ limits: { concurrency: 1 } }), connect()];
  const first = busy("/held");
  const many = Array.from({ length: 2000 }, (_, n) => busy(`/busy/${n}`));
  await expect.poll(() => log).toEqual(["/held"]);
  const single = [other("/other/0"), other("/other/1")];
  release();
  await Promise.all([first, ...many, ...single]);
  expect(log.slice(0, 6)).toEqual(["/held", "/busy/0", "/other/0", "/busy/1", "/other/1", "/busy/2"]);
});
