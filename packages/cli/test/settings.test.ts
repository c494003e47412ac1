import type { BridgeClient } from "@bridgekit/client";
import { createTestBridge, type TestBridge } from "@bridgekit/server/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createAppStatus, trackStatus } from "../src/run/app-status.ts";
import { serveHealth } from "../src/run/serve-health.ts";
import { createLogReporter } from "../src/output/log-reporter.ts";
import { runInProcess } from "./support/run-in-process.ts";
import { shared, writeOfficeConfig } from "./support/write-config.ts";

let server: TestBridge;
let bridge: BridgeClient;
let env: NodeJS.ProcessEnv;
let serve: typeof globalThis.fetch;

beforeAll(async () => {
  server = await createTestBridge();
});
afterAll(() => server.close());

beforeEach(async () => {
  const org = await server.openOrg();
  env = { BRIDGE_URL: org.url, BRIDGE_API_KEY: org.apiKey };
  bridge = org.client;
  serve = org.fetch;
  shared.office = { accounts: () => ["u1", "u2"].map((id) => ({ id, email: `${id}@example.com` })) };
});

async function appId(): Promise<string> {
  return (await bridge.listApps().next()).value!.id;
}

/** Syncs, then creates a task to suspend each of the two accounts. */
async function withTwoTasks(config: string): Promise<string> {
  expect((await runInProcess(["sync", "--config", config], { env, fetch: serve })).code).toBe(0);
  const id = await appId();
  for (const account of ["u1", "u2"])
    await bridge.createTask(id, { action: "suspend_account", payload: { account: { id: account } } });
  return id;
}

test("taskConcurrency limits how many tasks run at a time", async () => {
  const config = await writeOfficeConfig({ taskConcurrency: 2 });
  await withTwoTasks(config);
  const both = Promise.withResolvers<void>();
  let inFlight = 0;
  // Neither ends before both have started.
  shared.office!.suspend = () => (++inFlight === 2 && both.resolve(), both.promise);
  const { stdout } = await runInProcess(["tasks", "--config", config], { env, fetch: serve });
  expect(stdout).toContain("office: tasks: 2 completed, 0 failed");
});

test("taskTimeoutSeconds and taskRetrySeconds limit a task", async () => {
  const config = await writeOfficeConfig({ taskTimeoutSeconds: 0.05, taskRetrySeconds: 0 });
  await withTwoTasks(config);
  shared.office!.suspend = (_id, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
  const { code, stdout } = await runInProcess(["tasks", "--config", config], { env, fetch: serve });
  expect(stdout).toMatch(/suspend_account u1: failed, TIMEOUT:/);
  expect(stdout).toContain("office: tasks: 0 completed, 2 failed");
  expect(code).toBe(0);
});

test("reconcileTimeoutSeconds limits how long a sync waits for the Bridge", async () => {
  const config = await writeOfficeConfig({ reconcileTimeoutSeconds: 0.05 });
  // A Bridge that never reconciles.
  const busy: typeof globalThis.fetch = async (input, init) => {
    const response = await serve(input, init);
    const url = input instanceof Request ? input.url : String(input);
    const isSession = /\/sync\/[^/]+\/$/.test(url) && response.ok;
    const body = isSession ? ((await response.clone().json()) as { status?: string }) : undefined;
    return body?.status === "completed" ? Response.json({ ...body, status: "completing" }) : response;
  };
  const { code, stdout } = await runInProcess(["sync", "--config", config], { env, fetch: busy });
  expect(stdout).toContain("0.05 seconds");
  expect(code).toBe(1);
});

test("stopping the command with tasks left is reported, with exit code 1", async () => {
  const config = await writeOfficeConfig({});
  await withTwoTasks(config);
  const stop = new AbortController();
  shared.office!.suspend = async () => stop.abort(new Error("stopped"));
  const { code, stdout } = await runInProcess(["tasks", "--config", config], {
    env,
    fetch: serve,
    signal: stop.signal,
  });
  expect(stdout).toContain("office: tasks: 1 completed, 0 failed");
  expect(stdout).toContain("office: FAILED: Stopped with 1 pending task left.");
  expect(code).toBe(1);
});

test.each([404, 405])(
  "check tells whether the key is valid on a Bridge that lists no apps and returns %i",
  async (status) => {
    const config = await writeOfficeConfig({});
    const guideOnly: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const isList = request.method === "GET" && new URL(request.url).pathname.endsWith("/apps/");
      return isList ? Response.json({ detail: "Not allowed." }, { status }) : server.fetch(request);
    };
    const check = (apiKey: string, fetch = guideOnly) =>
      runInProcess(["check", "--config", config], { env: { ...env, BRIDGE_API_KEY: apiKey }, fetch });
    expect(await check(env["BRIDGE_API_KEY"]!)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Bridge: ok   API key"),
    });
    expect(await check("bk_wrong")).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("Bridge: FAILED: The Bridge returned 401"),
    });
    const noBridge = async () => Response.json({ detail: "Not found." }, { status });
    expect(await check("any", noBridge)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("Can't check the API key at"),
    });
    expect(await Array.fromAsync(bridge.listApps())).toEqual([]);
  },
);

test("--verbose shows what a connector logs, with its fields", async () => {
  const config = await writeOfficeConfig({});
  const check = (...more: string[]) => runInProcess(["check", "--config", config, ...more], { env, fetch: serve });
  expect((await check()).stdout).not.toContain("looked at the door");
  expect((await check("--verbose")).stdout).toContain('office: looked at the door {"door":4}');
});

test("JSON output of a sync has its mode, its usage and its bad records; seconds to the millisecond", async () => {
  shared.office!.accounts = () => [{ id: "u1" }, { id: "u2", email: "u2@example.com" }];
  const config = await writeOfficeConfig({});
  const { stdout } = await runInProcess(["sync", "--json", "--config", config], { env, fetch: serve });
  const ended = JSON.parse(stdout.trim().split("\n").at(-1)!) as Record<string, any>;
  expect(ended).toMatchObject({
    event: "sync.ended",
    mode: "full",
    status: "abandoned",
    bad_records: { count: 1, shown: [{ slug: "account", id: "u1" }] },
    usage: { calls: 0, retries: 0, rate_limited: 0, wait_seconds: 0 },
  });
});

test("/apps shows why a sync was abandoned, without secrets", async () => {
  const status = createAppStatus("office", "Office");
  const quiet = createLogReporter({ level: "silent", redact: (text) => text, stream: process.stdout });
  const usage = { calls: 0, retries: 0, rateLimited: 0, waitSeconds: 0 };
  trackStatus(status, quiet).syncEnded("Office", {
    syncId: "s",
    mode: "full",
    status: "abandoned",
    missing: ["a door with canary is locked"],
    pushed: { account: 1 },
    unknownRefs: [],
    duplicates: {},
    badRecords: { count: 0, shown: [] },
    badFields: { count: 0, shown: [] },
    progress: [],
    usage,
  });
  const redact = (text: string) => text.replaceAll("canary", "[secret]");
  await using health = await serveHealth({
    port: 0,
    host: "127.0.0.1",
    statuses: [status],
    stop: new AbortController().signal,
    redact,
  });
  const { apps } = (await (await fetch(`${health.url}/apps`)).json()) as { apps: unknown[] };
  expect(apps).toMatchObject([{ last_sync: { status: "abandoned", missing: ["a door with [secret] is locked"] } }]);
});
