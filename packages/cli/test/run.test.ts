import type { BridgeClient } from "@bridgekit/client";
import { openFileJournal } from "@bridgekit/core/run";
import { serve, type RunningServer } from "@bridgekit/server";
import { createTestBridge, type TestBridge } from "@bridgekit/server/testing";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { fixture, startBridgeCommand, type Running } from "./support/bridgekit-command.ts";

const CANARY = "canary-1c9e";
let core: TestBridge;
let server: RunningServer;
let bridge: BridgeClient;
let folder: string;
let env: NodeJS.ProcessEnv;
let running: Running | undefined;

// One Bridge for the whole file; each test has its own organisation.
beforeAll(async () => {
  core = await createTestBridge();
  server = await serve(core, { port: 0, drainMs: 0 });
});
afterAll(async () => {
  await server.close();
  await core.close();
});

beforeEach(async () => {
  const { url, apiKey, client } = await core.openOrg({ origin: server.url });
  bridge = client;
  folder = await mkdtemp(join(tmpdir(), "bridgekit-run-"));
  env = { BRIDGE_URL: url, BRIDGE_API_KEY: apiKey, STATE_DIR: folder };
});
afterEach(async () => {
  await running?.kill();
  await rm(folder, { recursive: true, force: true });
});

interface Line extends Record<string, unknown> {
  event: string;
  app?: string;
  msg: string;
}

/** Starts `bridgekit run` with some apps, and waits until it responds. */
async function run(apps: readonly string[], more: NodeJS.ProcessEnv = {}, config = "run") {
  const args = ["run", ...apps, "--config", fixture(config), "--health-port", "0", "--log-level", "debug"];
  const command = startBridgeCommand(args, { ...env, ...more });
  running = command;
  const { msg } = JSON.parse(await command.line((line) => line.includes("health at"))) as Line;
  const url = /http:\/\/[\d.:]+/.exec(msg)![0];
  const get = async (path: string) => {
    const response = await fetch(url + path);
    return { status: response.status, body: (await response.json()) as any };
  };
  return {
    command,
    get,
    /** One app of `/apps`. */
    app: async (key: string) => (await get("/apps")).body.apps.find((app: { key: string }) => app.key === key),
    /** Waits for a line of the log. */
    logged: async (event: string, app: string) =>
      JSON.parse(
        await command.line((line) => line.includes(`"event":"${event}"`) && line.includes(`"app":"${app}"`)),
      ) as Line,
  };
}

async function appId(name: string): Promise<string> {
  for await (const app of bridge.listApps()) if (app.name === name) return app.id;
  throw new Error(`${name} was not created`);
}

async function sessionStates(name: string): Promise<string[]> {
  return (await Array.fromAsync(bridge.listSyncs(await appId(name)))).map(({ status }) => status);
}

/** An app whose first poll returns a task that never ends. */
async function withEndlessTask(name: string): Promise<{ journal: string }> {
  const { id } = await bridge.createApp({ name });
  await bridge.createResourceType(id, { slug: "account", type: "account", name: "Account" });
  const syncId = await bridge.startSync(id);
  await bridge.pushPage(id, syncId, "account", [{ id: "u1", email: "u1@example.com" }]);
  await bridge.completeSync(id, syncId);
  await expect.poll(async () => (await bridge.getSync(id, syncId)).status).toBe("completed");
  await bridge.createTask(id, { action: "suspend_account", payload: { account: { id: "u1" } } });
  return { journal: join(folder, "journal", `${id}.jsonl`) };
}

const intentIn = (journal: string) =>
  expect.poll(() => readFile(journal, "utf8").catch(() => "")).toContain('"state":"intent"');

test("an app that can't be opened, fails, hangs or throws uncaught errors does not affect the others", async () => {
  const { command, get, app, logged } = await run([]);
  expect((await get("/healthz")).status).toBe(200);
  await expect.poll(async () => (await app("good")).last_sync?.status).toBe("completed");
  for (const key of ["throws", "rejects"]) {
    await expect.poll(async () => (await app(key)).last_sync?.status).toBe("completed");
    expect((await app(key)).last_error.message).toMatch(/(timer|forgotten) with \[secret\]$/);
  }
  await expect.poll(async () => (await app("fails")).last_sync?.status).toBe("failed");
  await expect.poll(async () => (await app("hangs")).state).toBe("syncing");
  expect(await app("fails")).toMatchObject({
    is_failing: true,
    last_error: { message: expect.stringContaining("Odd system is down, says [secret]. Nobody was removed") },
  });
  expect(await app("refused")).toMatchObject({
    state: "opening",
    is_failing: true,
    last_sync: null,
    last_error: { message: expect.stringContaining("apps.refused: Odd system refused [secret]") },
  });
  expect((await app("incomplete")).last_error.message).toContain("apps.incomplete: config.mode is missing");
  expect((await logged("open.failed", "refused"))["next_at"]).toEqual(expect.any(String));
  expect(await get("/readyz")).toMatchObject({ status: 200, body: { status: "ready", apps: 8, opening: 2 } });

  // The run continues with another round.
  const first = (await app("good")).last_sync.ended_at as string;
  await expect.poll(async () => (await app("good")).last_sync.ended_at > first).toBe(true);

  command.process.kill("SIGTERM");
  const { code, stdout, stderr } = await command.finished;
  expect([code, stderr]).toEqual([0, ""]);
  expect((await sessionStates("hangs"))[0]).toBe("abandoned");
  expect(stdout).toContain("timer with [secret]");
  expect(stdout + stderr).not.toContain(CANARY);
});

test("an app that was deleted on the Bridge waits until there is another with its name, and is run again", async () => {
  const { command, app, logged } = await run(["good"]);
  await expect.poll(async () => (await app("good")).last_sync?.status).toBe("completed");
  const id = await appId("good");
  await bridge.deleteApp(id);
  const { msg } = await logged("open.failed", "good");
  expect(msg).toContain(`apps.good: the Bridge no longer has its app "good" (${id})`);
  expect(msg).toContain("`bridgekit sync good` creates it again");
  expect(await app("good")).toMatchObject({ state: "opening", is_failing: true });
  const { id: other } = await bridge.createApp({ name: "good" });
  await expect.poll(() => app("good")).toMatchObject({ app_id: other, is_failing: false });
  await expect.poll(async () => (await sessionStates("good")).at(-1)).toBe("completed");
  command.process.kill("SIGTERM");
  expect((await command.finished).code).toBe(0);
});

test("an app that was deleted on the Bridge is not created again by a restart, only by a command that names it", async () => {
  const first = await run(["good"]);
  await expect.poll(async () => (await first.app("good")).last_sync?.status).toBe("completed");
  const id = await appId("good");
  first.command.process.kill("SIGTERM");
  await first.command.finished;
  await bridge.deleteApp(id);

  const names = async () => (await Array.fromAsync(bridge.listApps())).map(({ name }) => name);
  const second = await run(["good"]);
  const { msg } = await second.logged("open.failed", "good");
  expect(msg).toContain("`bridgekit sync good` creates it again");
  expect(await names()).toEqual([]);
  second.command.process.kill("SIGTERM");
  await second.command.finished;

  const command = (...args: string[]) => startBridgeCommand([...args, "--config", fixture("single")], env).finished;
  expect(await command("sync")).toMatchObject({
    code: 1,
    stdout: expect.stringContaining("`bridgekit sync good` creates"),
  });
  expect(await command("tasks")).toMatchObject({ code: 1 });
  expect(await names()).toEqual([]);
  expect(await command("sync", "good")).toMatchObject({ code: 0 });
  expect(await names()).toEqual(["good"]);
  expect(await command("sync")).toMatchObject({ code: 0 });
});

test("no secret of a config is in the output, the state folder or the events, wherever a connector leaks it", async () => {
  const { command, logged } = await run([], {}, "secrets");
  await logged("sync.ended", "chatterbox");
  const id = await appId("chatterbox");
  await expect.poll(async () => (await sessionStates("chatterbox")).includes("abandoned")).toBe(true);
  for (const action of ["suspend_account", "delete_account"] as const)
    await bridge.createTask(id, { action, payload: { account: { id: "u1" } } });
  const ended = async () => (await Array.fromAsync(bridge.listTasks(id))).map(({ status }) => status).toSorted();
  await expect.poll(ended).toEqual(["completed", "failed"]);
  command.process.kill("SIGTERM");
  const { stdout, stderr } = await command.finished;
  const checked = await startBridgeCommand(["check", "--json", "--config", fixture("secrets")], env).finished;

  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries.filter((entry) => entry.isFile()).map((file) => readFile(join(file.parentPath, file.name), "latin1")),
  );
  const events: unknown[] = [];
  for await (const event of bridge.streamEvents({ lastEventId: "0", signal: AbortSignal.timeout(300_000) })) {
    events.push(event);
    if (events.filter((one) => (one as { type: string }).type === "task.ended").length === 2) break;
  }
  const tasks = await Array.fromAsync(bridge.listTasks(id));
  for (const seen of [stdout, checked.stdout, files.join("\n"), JSON.stringify(tasks)])
    expect(seen).toContain("[secret]");
  expect(
    [stdout, stderr, checked.stdout, checked.stderr, ...files, JSON.stringify([events, tasks])].join("\n"),
  ).not.toContain("canary");
});

test("the Bridge knows where an app runs, and when next", async () => {
  await run(["good"]);
  const runner = async () => (await bridge.getOverview({ limit: 10 })).apps[0]?.runner;
  await expect.poll(runner).toMatchObject({ worker: expect.any(String), paused_at: null, failures: 0 });
  await expect.poll(async () => Date.parse((await runner())?.next_run_at ?? "")).toBeGreaterThan(Date.now());
});

test("a run carries out orders of the Bridge, and stays paused when it starts again", async () => {
  const daily = { SYNC_EVERY_SECONDS: "86400" };
  const { logged, command } = await run(["good"], daily);
  const overview = async () => (await bridge.getOverview({ limit: 10 })).apps[0];
  const runner = async () => (await overview())?.runner;
  const sessions = async () => (await overview())!.sessions.length;
  await expect.poll(runner).toMatchObject({ takes_orders: true, next_run_at: expect.any(String) });
  // An order to run now leaves a sync that is running alone: the first one must have ended.
  await expect
    .poll(async () => Date.parse((await runner())?.next_run_at ?? ""))
    .toBeGreaterThan(Date.now() + 3_600_000);
  expect(await sessions()).toBe(1);
  const id = await appId("good");
  await bridge.orderRunners("run_now", [id]);
  await expect.poll(sessions).toBe(2);
  await expect.poll(runner).toMatchObject({ ordered: null, next_run_at: expect.any(String) });

  await bridge.orderRunners("pause", [id]);
  expect((await logged("note", "good")).msg).toContain("by an order of the Bridge");
  await expect.poll(runner).toMatchObject({ paused_at: expect.any(String), ordered: null });
  await bridge.orderRunners("run_now", [id]);
  await expect.poll(async () => (await runner())?.ordered).toBeNull();
  await command.kill();
  await run(["good"]);
  const task = { action: "suspend_account", payload: { account: { id: "u1" } } } as const;
  const { id: taskId } = await bridge.createTask(id, task);
  await bridge.orderRunners("pause", [id]);
  await expect.poll(async () => (await runner())?.ordered).toBeNull();
  const lease = async () => (await bridge.getTask(id, taskId)).claim ?? null;
  expect([await lease(), await sessions()]).toEqual([null, 2]);

  await bridge.orderRunners("resume", [id]);
  await expect.poll(sessions).toBeGreaterThan(2);
  await expect.poll(lease).not.toBeNull();
  await expect.poll(runner).toMatchObject({ paused_at: null });
});

test("an app whose journal is in use waits for it while another one runs", async () => {
  const { id } = await bridge.createApp({ name: "fails" });
  const journal = await openFileJournal(join(folder, "journal", `${id}.jsonl`));
  const { app, logged } = await run(["fails", "good"]);
  expect((await logged("open.failed", "fails")).msg).toContain("is in use by process");
  await expect.poll(async () => (await app("good")).last_sync?.status).toBe("completed");
  await journal[Symbol.asyncDispose]();
  await expect.poll(async () => (await app("fails")).last_sync?.status).toBe("failed");
});

test("run waits for a Bridge that is unreachable at the start", async () => {
  const { get, logged, command } = await run(["good", "rejects"], { BRIDGE_URL: "http://127.0.0.1:1/org/main" });
  expect((await logged("open.failed", "good")).msg).toContain("could not be reached");
  await logged("open.failed", "rejects");
  expect(await get("/readyz")).toMatchObject({ status: 503, body: { status: "starting" } });
  expect((await get("/nothing")).status).toBe(404);
  command.process.kill("SIGTERM");
  expect((await command.finished).code).toBe(0);
});

test("a sync that hangs is abandoned after stallSeconds and does not block the next one", async () => {
  const { app, logged } = await run(["hangs", "stalls"], { CONCURRENT_SYNCS: "1", STALL_SECONDS: "2" });
  const states = async () => new Set([(await app("hangs")).state, (await app("stalls")).state]);
  await expect.poll(states).toEqual(new Set(["syncing", "waiting"]));
  for (const key of ["hangs", "stalls"])
    expect((await logged("failed", key)).msg).toContain("abandoned because no page arrived for 2 seconds");
  expect(await sessionStates("stalls")).toContain("abandoned");
});

test("a handler that does not end is killed after the grace period, with exit code 1", async () => {
  const { journal } = await withEndlessTask("good");
  const { command } = await run(["good"], { GRACE_SECONDS: "1" });
  await intentIn(journal);
  command.process.kill("SIGTERM");
  const { code, stdout } = await command.finished;
  expect(stdout).toContain("good did not stop within 1 seconds");
  expect(code).toBe(1);
});

test("a second signal exits at once", async () => {
  const { journal } = await withEndlessTask("good");
  const { command, get } = await run(["good"], { GRACE_SECONDS: "600" });
  await intentIn(journal);
  command.process.kill("SIGTERM");
  await command.line((line) => line.includes("a second signal exits at once"));
  expect(await get("/readyz")).toMatchObject({ status: 503, body: { status: "stopping" } });
  command.process.kill("SIGTERM");
  expect((await command.finished).code).toBe(1);
});

test("a health port that is in use ends the start with exit code 1", async () => {
  const port = new URL(server.url).port;
  const command = startBridgeCommand(["run", "--config", fixture("run"), "--health-port", port], env);
  const { code, stderr } = await command.finished;
  expect(stderr).toContain(`Can't open port ${port} on 127.0.0.1 for the health endpoint: the port is in use.`);
  expect(code).toBe(1);
});
