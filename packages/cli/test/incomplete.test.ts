import type { SyncResult } from "@bridgekit/core/run";
import { createTestBridge, type TestBridge } from "@bridgekit/server/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describePlan } from "../src/output/describe-plan.ts";
import { describeSync } from "../src/output/describe.ts";
import { createLogReporter } from "../src/output/log-reporter.ts";
import { createAppStatus, trackStatus } from "../src/run/app-status.ts";
import { serveHealth } from "../src/run/serve-health.ts";
import { runInProcess } from "./support/run-in-process.ts";
import { shared, writeOfficeConfig } from "./support/write-config.ts";

let server: TestBridge;
let env: NodeJS.ProcessEnv;
let serve: typeof globalThis.fetch;

beforeAll(async () => {
  server = await createTestBridge();
});
afterAll(() => server.close());

beforeEach(async () => {
  const org = await server.openOrg();
  env = { BRIDGE_URL: org.url, BRIDGE_API_KEY: org.apiKey };
  serve = org.fetch;
});

const good = () => [{ id: "u1", email: "u1@example.com" }];
const bad = () => [...good(), { id: "u2" }];

test("`sync` ends with 4 if an app is incomplete for the same reason again and again", async () => {
  const config = await writeOfficeConfig({ recurringAfterRuns: 2 });
  const sync = async (accounts: () => object[]) => {
    shared.office = { accounts };
    const { code, stdout } = await runInProcess(["sync", "--json", "--config", config], { env, fetch: serve });
    return { code, ...(JSON.parse(stdout.trim().split("\n").at(-1)!) as Record<string, any>) };
  };
  expect(await sync(good)).not.toHaveProperty("incomplete");
  expect(await sync(bad)).toMatchObject({ code: 1, incomplete: { runs: 1, is_recurring: false } });
  const second = await sync(bad);
  expect(second).toMatchObject({
    code: 4,
    incomplete: { since: expect.any(String), runs: 2, is_recurring: true, reasons: [{ runs: 2 }] },
  });
  expect(await sync(good)).toMatchObject({ code: 0, status: "completed" });

  shared.office = { accounts: bad };
  const { stdout } = await runInProcess(["sync", "--full", "--config", config], { env, fetch: serve });
  expect(stdout).toMatch(/abandoned: 1 account; nobody was removed because the read was incomplete: account: 1 record/);
  const again = await runInProcess(["sync", "--config", config], { env, fetch: serve });
  expect(again.code).toBe(4);
  expect(again.stdout).toMatch(/not complete since 20\S+ \(2 runs\), so nobody is removed: account: 1 record is wrong/);
});

test("run shows in /apps, /readyz, /metrics and its log since when an app is incomplete", async () => {
  const lines: { level: number; msg: string; status?: string }[] = [];
  const stream = { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]) };
  const status = createAppStatus("office", "Office");
  const reporter = trackStatus(status, createLogReporter({ level: "info", redact: (text) => text, stream }));
  const since = "2026-01-01T00:00:00.000Z";
  const reasons = [{ reason: "guests with canary are hidden", runs: 3 }];
  const end = (result: Partial<SyncResult> & Pick<SyncResult, "status">) =>
    reporter.syncEnded("Office", { ...ended, ...result });
  const incomplete = { since, runs: 3, mode: "full", reasons, isRecurring: true } as const;

  await using health = await serveHealth({
    port: 0,
    host: "127.0.0.1",
    statuses: [status, createAppStatus("shop", "Shop")],
    stop: new AbortController().signal,
    redact: (text) => text.replaceAll("canary", "[secret]"),
  });
  const read = async (path: string) => (await fetch(health.url + path)).text();

  end({ status: "abandoned", incomplete: { ...incomplete, runs: 1, isRecurring: false } });
  end({ status: "abandoned", incomplete });
  end({ status: "updated", mode: "changes", incomplete });
  expect(JSON.parse(await read("/apps"))).toMatchObject({
    apps: [
      {
        is_failing: false,
        incomplete: {
          since,
          runs: 3,
          is_recurring: true,
          reasons: [{ reason: "guests with [secret] are hidden", runs: 3 }],
        },
      },
      { incomplete: null },
    ],
  });
  expect(JSON.parse(await read("/readyz"))).toMatchObject({ failing: 0, incomplete: 1, recurring: 1 });
  const metrics = await read("/metrics");
  expect(metrics).toContain('bridgekit_app_incomplete{app="office"} 1\nbridgekit_app_incomplete{app="shop"} 0\n');
  expect(metrics).toContain('bridgekit_app_incomplete_since_timestamp_seconds{app="office"} 1767225600\n');

  end({ status: "completed" });
  expect(JSON.parse(await read("/apps"))).toMatchObject({ apps: [{ incomplete: null }, {}] });
  expect(lines.map(({ level, status: outcome }) => [outcome, level])).toEqual([
    ["abandoned", 40],
    ["abandoned", 50],
    ["updated", 30],
    ["completed", 30],
  ]);
});

test("unknown refs that accounts keep are shown by sync and plan", () => {
  const unknownRefs = ["team: the key may not list teams"];
  expect(describeSync({ ...ended, status: "completed", missing: [], unknownRefs })).toBe(
    "completed: 1 account; kept unchanged: team: the key may not list teams",
  );
  const plan = { comparedWith: "nothing", types: [], missing: [], held: [], hash: "h", unknownRefs } as const;
  const { badRecords, badFields } = ended;
  expect(describePlan({ ...plan, badRecords, badFields }, "office")).toContain(
    "a sync would keep unchanged: team: the key may not list teams",
  );
});

const ended = {
  syncId: "s",
  mode: "full",
  missing: ["guests are hidden"],
  pushed: { account: 1 },
  unknownRefs: [],
  duplicates: {},
  badRecords: { count: 0, shown: [] },
  badFields: { count: 0, shown: [] },
  progress: [],
  usage: { calls: 0, retries: 0, rateLimited: 0, waitSeconds: 0 },
} as const;
