import { expect, test } from "vitest";
import { z } from "zod";
import { createHttp } from "../src/http/create-http.ts";
import type { HttpOptions } from "../src/http/http-options.ts";
import type { Http } from "../src/http/http.ts";
import { defineConnector, type RateLimitResponse } from "../src/index.ts";
import { createConnection, createHosts, type SharedLimit, type SharedPause } from "../src/run.ts";
import { createUsage, runContext } from "../src/run-context.ts";
import { failure } from "./support/failing-upstream.ts";

// Pauses are longer than any call waits, so a paused call fails at once and no test waits.
const PAUSE = { "retry-after": "7200" };
const baseUrl = "http://wiki.example.com";
const tenant = (token: string) => ({ headers: { authorization: `Bearer token-of-${token}` } });

/** A host of several tenants that sends a given response to a path once, and holds paths that begin with `/held`. */
function upstream() {
  const log: string[] = [];
  const open: (() => void)[] = [];
  const responses = new Map<string, Response>();
  const hosts = createHosts();
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const path = new URL(new Request(url).url).pathname;
    const authorization = new Headers(init?.headers).get("authorization");
    log.push(`${authorization?.replace("Bearer token-of-", "")} ${path}`);
    if (path.startsWith("/held")) await new Promise<void>((resolve) => open.push(resolve));
    const response = responses.get(path);
    responses.delete(path);
    return response ?? Response.json(path);
  };
  const connect = (options: Partial<HttpOptions> = {}) => {
    const http = createHttp({ system: "Wiki", baseUrl, retry: { retries: 0 }, ...options }, { fetch, hosts });
    return (path: string, signal?: AbortSignal) => http.request({ method: "GET", path, ...(signal && { signal }) });
  };
  return {
    log,
    fetch,
    hosts,
    connect,
    respond: (path: string, status: number, headers: Record<string, string>) =>
      void responses.set(path, Response.json({}, { status, headers })),
    release: () => open.splice(0).forEach((resolve) => resolve()),
  };
}

const inSync = <T>(call: () => T) =>
  runContext.run({ work: "sync", usage: createUsage(), signal: new AbortController().signal }, call);

/** Reads `scope` from every response. */
const scoped = (scope: "host" | "credential") => ({ limits: { read: () => ({ scope }) } });
const PAUSED = {
  code: "RATE_LIMITED",
  effect: "none",
  message: expect.stringContaining("asked for a pause") as string,
};

test.each<[string, Partial<HttpOptions>, number, Record<string, string>]>([
  ["a 429", {}, 429, PAUSE],
  ["a last call used up", {}, 200, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "7200" }],
  [
    "an error that the connector explains as a limit",
    { explain: () => ({ code: "RATE_LIMITED", isRetryable: true, retryAfterSeconds: 7200 }) },
    403,
    {},
  ],
  ["a 503 of which the connector says that it is the credential's limit", scoped("credential"), 503, PAUSE],
])("%s pauses its tenant, and no other of the host", async (_what, options, status, headers) => {
  const { connect, log, respond } = upstream();
  const [limited, other] = [connect({ ...tenant("limited"), ...options }), connect({ ...tenant("other"), ...options })];
  respond("/limited", status, headers);
  await Promise.allSettled([limited("/limited")]);
  expect(await other("/free")).toBe("/free");
  expect(await failure(limited("/paused"))).toMatchObject(PAUSED);
  expect(log).toEqual(["limited /limited", "other /free"]);
});

test("calls of a tenant near its limit are sent one at a time, calls of others concurrently", async () => {
  const { connect, log, respond, release } = upstream();
  const [near, other] = [connect(tenant("near")), connect(tenant("other"))];
  respond("/near", 200, { "x-ratelimit-nearlimit": "true" });
  await near("/near");
  const calls = [near("/held-1"), near("/held-2"), other("/held-3"), other("/held-4")];
  await expect.poll(() => log.slice(1).sort()).toEqual(["near /held-1", "other /held-3", "other /held-4"]);
  release();
  await expect.poll(() => log.at(-1)).toBe("near /held-2");
  release();
  await Promise.all(calls);
});

test("a tenant's daily quota refuses its own syncs only", async () => {
  const { connect, respond } = upstream();
  const limits = { read: readUsage };
  const [poor, rich] = [connect({ ...tenant("poor"), limits }), connect({ ...tenant("rich"), limits })];
  respond("/used", 200, { "x-usage": "4900/5000" });
  await poor("/used");
  expect(await inSync(() => rich("/sync"))).toBe("/sync");
  expect((await failure(inSync(() => poor("/sync")))).message).toContain("4900 of the 5000 calls");
});

test("connections with the same credential share its pause, whatever their other options", async () => {
  const { connect, log, respond } = upstream();
  const [first, second] = [connect(tenant("same")), connect({ ...tenant("same"), timeoutSeconds: 5 })];
  respond("/limited", 429, PAUSE);
  await failure(first("/limited"));
  expect(await failure(second("/paused"))).toMatchObject(PAUSED);
  expect(log).toEqual(["same /limited"]);
});

test("if one key reaches several databases, each has its own limits", async () => {
  const { connect, respond } = upstream();
  const of = (name: string) => ({ headers: { ...tenant("key").headers, "x-database": name } });
  respond("/limited", 429, PAUSE);
  await failure(connect(of("books"))("/limited"));
  expect(await connect(of("wiki"))("/free")).toBe("/free");
});

test.each<[string, Partial<HttpOptions>, number, Record<string, string>]>([
  ["a limit of which the connector says that it is the host's", scoped("host"), 429, PAUSE],
  ["a last call used up where limits are the host's", scoped("host"), 200, { ratelimit: "limit=9, r=0, t=7200" }],
  ["a 503 with Retry-After", {}, 503, PAUSE],
])("%s pauses every tenant", async (_what, options, status, headers) => {
  const { connect, log, respond } = upstream();
  const [limited, other] = [connect({ ...tenant("limited"), ...options }), connect({ ...tenant("other"), ...options })];
  respond("/limited", status, headers);
  await Promise.allSettled([limited("/limited")]);
  for (const call of [limited, other]) expect(await failure(call("/paused"))).toMatchObject(PAUSED);
  expect(log).toEqual(["limited /limited"]);
});

test("near a limit of the host all calls are sent one at a time, until a response says otherwise", async () => {
  const { connect, log, respond, release } = upstream();
  const [first, second] = [
    connect({ ...tenant("first"), ...scoped("host") }),
    connect({ ...tenant("second"), ...scoped("host") }),
  ];
  respond("/near", 200, { "x-ratelimit-nearlimit": "true" });
  await first("/near");
  const calls = [first("/held-1"), second("/held-2"), first("/held-3")];
  await expect.poll(() => log.slice(1)).toEqual(["first /held-1"]);
  release();
  await expect.poll(() => log.slice(2)).toEqual(["second /held-2", "first /held-3"]);
  release();
  await Promise.all(calls);
});

test("a daily quota of the host refuses the syncs of all tenants", async () => {
  const { connect, respond } = upstream();
  const limits = { read: (response: RateLimitResponse) => ({ scope: "host" as const, ...readUsage(response) }) };
  const [first, second] = [connect({ ...tenant("first"), limits }), connect({ ...tenant("second"), limits })];
  respond("/used", 200, { "x-usage": "4900/5000" });
  await first("/used");
  expect((await failure(inSync(() => second("/sync")))).message).toContain("4900 of the 5000 calls");
});

test("a paused tenant does not occupy the queue of the host", async () => {
  const { connect, log, respond } = upstream();
  const limits = { concurrency: 1, read: () => ({ scope: "host" as const }) };
  const [near, paused] = [connect({ ...tenant("near"), limits }), connect({ ...tenant("paused") })];
  respond("/limited", 429, PAUSE);
  await failure(paused("/limited"));
  respond("/near", 200, { "x-ratelimit-nearlimit": "true" });
  await near("/near");
  const stop = new AbortController();
  const patient = connect({ ...tenant("paused"), maxRetryAfterSeconds: 9000 });
  const waiting = Promise.allSettled([patient("/waits", stop.signal)]);
  expect(await near("/free")).toBe("/free");
  stop.abort(new Error("stopped"));
  expect(await waiting).toMatchObject([{ reason: { message: "stopped" } }]);
  expect(log).toEqual(["paused /limited", "near /near", "near /free"]);
});

/** A connector whose credential is not known when it connects. */
const wiki = defineConnector({
  name: "wiki",
  title: "Wiki",
  config: z.object({ token: z.string() }),
  resourceTypes: { account: { type: "account", name: "User" } },
  connect({ token }, { http }): Http {
    let signIns = 0;
    const signIn = () => Promise.resolve({ accessToken: `token-of-${token}-${signIns++}`, response: {} });
    return http({ system: "Wiki", baseUrl, retry: { retries: 0 }, auth: { token: signIn } });
  },
  check: () => Promise.resolve([]),
  sync: () => ({ async *account() {} }),
});

test("a connection that signs in keeps its pause with a new token, and shares it with no other", async () => {
  const { fetch, hosts, log, respond, release } = upstream();
  const open = async (token: string) => {
    const { client } = await createConnection(wiki, { token }, { fetch, hosts });
    return (path: string) => (client as Http).request({ method: "GET", path });
  };
  const [limited, other] = [await open("limited"), await open("other")];
  respond("/held", 401, {});
  respond("/limited", 429, PAUSE);
  const ended = failure(limited("/held"));
  await expect.poll(() => log).toEqual(["limited-0 /held"]);
  await failure(limited("/limited"));
  release();
  expect(await ended).toMatchObject(PAUSED);
  expect(await other("/free")).toBe("/free");
  expect(log).toEqual(["limited-0 /held", "limited-0 /limited", "other-0 /free"]);
});

function readUsage({ headers }: RateLimitResponse) {
  const [, used, limit] = /(\d+)\/(\d+)/.exec(headers.get("x-usage") ?? "") ?? [];
  return limit === undefined ? {} : { quota: { used: Number(used), limit: Number(limit) } };
}

/** What several processes share, kept in memory. */
function sharedLimit() {
  const taken: string[] = [];
  const told: SharedPause[] = [];
  const limit: SharedLimit = {
    async take({ origin, perSecond, priority }) {
      taken.push(`${origin} ${perSecond} ${priority}`);
      return told;
    },
    pause: (_origin, pause) => void told.push(pause),
  };
  return { limit, taken, told };
}

test.each([
  ["credential", 429],
  ["host", 503],
] as const)("a pause of the %s that one process learns holds back the others", async (scope, status) => {
  const { limit, told, taken } = sharedLimit();
  const [one, other] = [upstream(), upstream()];
  const connect = ({ fetch, hosts }: typeof one) => {
    const options = { system: "Wiki", baseUrl, retry: { retries: 0 }, limits: { perSecond: 50 }, ...tenant("a") };
    const http = createHttp(options, { fetch, hosts, sharedLimit: limit });
    return (path: string) => http.request({ method: "GET", path });
  };
  const [call, otherCall] = [connect(one), connect(other)];
  expect(await otherCall("/free")).toBe("/free");
  one.respond("/limited", status, PAUSE);
  await failure(call("/limited"));
  expect(told).toEqual([{ scope, bucket: "", seconds: 7200 }]);
  expect(await failure(otherCall("/held-back"))).toMatchObject(PAUSED);
  expect(other.log).toEqual(["a /free"]);
  expect(taken).toEqual(Array(3).fill(`${baseUrl} 50 1`));
});
