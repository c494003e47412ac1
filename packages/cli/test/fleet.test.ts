import { randomUUID } from "node:crypto";
import { openDatabase } from "@bridgekit/fleet";
import { serve, type RunningServer } from "@bridgekit/server";
import { createTestBridge, type TestBridge } from "@bridgekit/server/testing";
import { createDatabase, startPostgres } from "@bridgekit/test-postgres";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { fixture, startBridgeCommand } from "./support/bridgekit-command.ts";
import { runInProcess } from "./support/run-in-process.ts";

let bridge: TestBridge;
let server: RunningServer;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
beforeAll(async () => {
  bridge = await createTestBridge();
  server = await serve(bridge, { port: 0 });
  postgres = await startPostgres();
}, 60_000);
afterAll(async () => {
  await server.close();
  await bridge.close();
  await postgres.stop();
});

type Line = Record<"summary" | "worker" | "app", Record<string, unknown>>;

test("a worker runs the apps of a config, and the fleet is seen and changed by commands", async () => {
  const { url, drop } = await createDatabase(postgres.url);
  const org = await bridge.openOrg({ origin: server.url });
  const env = { BRIDGE_URL: org.url, BRIDGE_API_KEY: org.apiKey, FLEET_DATABASE_URL: url };
  const command = (...args: string[]) => runInProcess(["fleet", ...args], { env });
  expect(await command("status")).toMatchObject({ code: 0, stdout: expect.stringContaining("No worker is running") });

  const args = ["worker", "--config", fixture("run"), "--capacity", "8", "--health-port", "0"];
  const worker = startBridgeCommand(args, { ...env, GRACE_SECONDS: "1", STATE_DIR: "unused" });
  onTestFinished(() => worker.kill());
  const lines = async () => {
    const { stdout } = await command("status", "--json");
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
  };
  const appOf = async (key: string) => (await lines()).find(({ app }) => app?.["key"] === key)?.app;
  await expect.poll(() => appOf("good")).toMatchObject({ lastSyncEnd: "done", note: "completed", tries: 0 });
  await expect.poll(() => appOf("fails")).toMatchObject({ lastSyncEnd: "failed" });
  await expect.poll(() => appOf("hangs")).toMatchObject({ state: "running" });
  await expect
    .poll(() => appOf("refused"))
    .toMatchObject({ note: expect.stringContaining("apps.refused: Odd system") });

  const health = (await worker.line((line) => line.includes("health at"))).match(/http:\/\/[^/]+/)![0];
  expect((await fetch(`${health}/readyz`)).status).toBe(200);
  const metrics = await (await fetch(`${health}/metrics`)).text();
  expect(metrics).toMatch(/bridgekit_fleet_workers\{state="working"\} 1\n[^]*bridgekit_fleet_capacity 8\n/);
  expect(metrics).toContain('bridgekit_app_failing{app="fails"} 1');

  await expect.poll(async () => (await command("pause", "good")).stdout).toBe("good: paused\n");
  expect(await command("run-now", "good")).toMatchObject({
    code: 1,
    stderr: "good: nothing was changed; `bridgekit fleet status good` shows why\n",
  });
  const { stdout: shown } = await command("status");
  expect(shown).toMatch(/1 paused/);
  expect(await command("resume", "good")).toMatchObject({ code: 0, stdout: "good: resumed\n" });
  const unknown = await command("pause", "good", "goood");
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('The fleet has no app "goood"') });
  expect(await command("status", "goood")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no app "goood"'),
  });
  const keysOf = async (...args: string[]) =>
    (await command("status", "--json", ...args)).stdout.match(/"key":"[^"]+"/g)?.map((text) => text.slice(7, -1));
  expect(await keysOf("--failing")).toEqual(expect.arrayContaining(["fails", "refused"]));
  expect(await keysOf("--failing")).not.toContain("good");
  expect(await keysOf("--failing", "--limit", "1")).toHaveLength(1);
  expect(await keysOf("--state", "parked")).toBeUndefined();
  const nothing = await command("pause");
  expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining("or --all for every app") });
  const noWorker = await command("drain", "none");
  expect(noWorker).toMatchObject({ code: 2, stderr: expect.stringContaining('no worker "none"') });

  const { worker: row } = (await lines())[1]!;
  expect(await command("drain", String(row["id"]))).toMatchObject({ code: 0 });
  const { code, stdout, stderr } = await worker.finished;
  expect(code).toBe(0);
  expect((await lines())[0]).toMatchObject({ summary: { workers: { working: 0, gone: 0 }, running: 0 } });
  // The secret of the config is nowhere: not in the output, and not in the rows that people see.
  expect(stdout + stderr + JSON.stringify(await lines())).not.toContain("canary-1c9e");
  await drop();
});

test("an app that was deleted on the Bridge is shown as such, and is created again by a command alone", async () => {
  const { url, drop } = await createDatabase(postgres.url);
  const org = await bridge.openOrg({ origin: server.url });
  const env = { BRIDGE_URL: org.url, BRIDGE_API_KEY: org.apiKey, FLEET_DATABASE_URL: url };
  const command = (...args: string[]) => runInProcess(["fleet", ...args], { env });
  const args = ["worker", "--config", fixture("run"), "--health-port", "0"];
  const options = { ...env, STATE_DIR: "unused", SYNC_EVERY_SECONDS: "600", GRACE_SECONDS: "1" };
  const worker = startBridgeCommand(args, options);
  onTestFinished(() => worker.kill());
  const line = async () =>
    (await command("status", "good")).stdout.split("\n").find((text) => text.startsWith("good "));
  const idOf = async () => (await Array.fromAsync(org.client.listApps())).find(({ name }) => name === "good")?.id;
  await expect.poll(line).toContain("completed");
  const id = (await idOf())!;
  await org.client.deleteApp(id);
  await command("run-now", "good");
  await expect.poll(line).toMatch(/ deleted .*apps\.good: the Bridge no longer has its app "good"/);
  const { code, stdout } = await command("status");
  expect([code, stdout]).toEqual([3, expect.stringContaining("create them again with `bridgekit fleet resume KEY`")]);
  await worker.line((text) => text.includes("`bridgekit fleet resume good` creates it again"));
  const health = (await worker.line((text) => text.includes("health at"))).match(/http:\/\/[^/]+/)![0];
  const metrics = await (await fetch(`${health}/metrics`)).text();
  expect(metrics).toContain('bridgekit_app_failing{app="good"} 1');
  // One that can't be opened fails too.
  expect(metrics).toContain('bridgekit_app_failing{app="refused"} 1');
  expect(await idOf()).toBeUndefined();
  expect(await command("resume", "good")).toMatchObject({ code: 0, stdout: "good: resumed\n" });
  await expect.poll(line).toMatch(/ waiting .*completed/);
  expect(await idOf()).not.toBe(id);
  await worker.kill();
  await drop();
});

test("what is gone for good is forgotten by a command, what a worker has is not, and a mistyped name is answered with the nearest", async () => {
  const { url, drop } = await createDatabase(postgres.url);
  const database = await openDatabase({ url, onError: () => {} });
  const [now, longAgo] = [new Date(), new Date(0)];
  const app = (org: string, key: string, seen_at: Date) => ({
    id: `${org} ${key}`,
    org,
    key,
    name: key,
    zone: "default",
    upstream_host: "wiki.example.com",
    credential: "digest",
    schedule: "every 3600 s",
    next_run_at: now,
    seen_at,
  });
  const org = "https://bridge.example.com/org/acme";
  const rows = [app(org, "payroll", longAgo), app(org, "wiki", now), app(org, "intranet", longAgo)];
  await database.kysely.insertInto("apps").values(rows).execute();
  const worker = (id: string, at: Date) => ({
    id,
    host: "one",
    pid: 1,
    capacity: 4,
    zones: "default",
    started_at: at,
    heartbeat_at: at,
  });
  const workers = [worker("one-1-aaaa", longAgo), worker("two-2-bbbb", now)];
  await database.kysely.insertInto("workers").values(workers).execute();
  const receipt = { app: rows[0]!.id, sequence: 1, stamp: randomUUID(), status: "completed", receipt: "{}" } as const;
  await database.kysely.insertInto("receipts").values(receipt).execute();
  const command = (...args: string[]) => runInProcess(["fleet", ...args], { env: { FLEET_DATABASE_URL: url } });

  expect(await command("forget")).toMatchObject({ code: 2, stderr: expect.stringContaining("Give the keys of apps") });
  expect(await command("forget", "payrol")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no app "payrol"; did you mean "payroll"?'),
  });
  expect(await command("forget", "payroll", "wiki")).toMatchObject({
    code: 1,
    stdout: "payroll: forgotten\n",
    stderr: "wiki: a worker has it in its config, or had it in the last ten minutes; nothing was changed\n",
  });
  expect(await command("forget", "intranet", "--json")).toMatchObject({
    code: 0,
    stdout: '{"changed":["intranet"],"others":[]}\n',
  });
  expect((await command("status", "--json")).stdout.match(/"key":"[^"]+"/g)).toEqual(['"key":"wiki"']);
  expect(await database.kysely.selectFrom("receipts").select("app").execute()).toEqual([]);

  expect(await command("drain", "two-2-bbb")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no worker "two-2-bbb"; did you mean "two-2-bbbb"?'),
  });
  expect(await command("forget-worker", "two-2-bbbb")).toMatchObject({
    code: 1,
    stderr: "two-2-bbbb: it is alive; `bridgekit fleet drain two-2-bbbb` ends it\n",
  });
  expect(await command("forget-worker", "one-1-aaaa", "--json")).toMatchObject({
    code: 0,
    stdout: '{"worker":"one-1-aaaa","state":"forgotten"}\n',
  });
  expect(await command("drain", "two-2-bbbb", "--json")).toMatchObject({
    code: 0,
    stdout: '{"worker":"two-2-bbbb","state":"draining"}\n',
  });
  await database.close();
  await drop();
});
