import { makeFolder } from "@bridgekit/test-postgres";
import { createClient, type BridgeClient } from "@bridgekit/client";
import { createOdooSandbox, type OdooSandbox, type RunningSandbox } from "@bridgekit/connector-hr/sandbox";
import { serve, type RunningServer } from "@bridgekit/server";
import { createTestBridge, type TestBridge } from "@bridgekit/server/testing";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { bridgeUp, runBridgeCommand, startBridgeCommand, type Up } from "./support/bridgekit-command.ts";
import { runInProcess } from "./support/run-in-process.ts";

const hrSource = new URL("../../../connectors/hr/src/index.ts", import.meta.url).href;
const EMPLOYEES = 400;
let core: TestBridge;
let server: RunningServer;
let folder: string;
let up: Up | undefined;
let odoo: OdooSandbox;
let hrServer: RunningSandbox;
let bridge: BridgeClient;
let env: NodeJS.ProcessEnv;
let config: string;

// One Bridge for the whole file, in which each test has its own organisation; a test that stops it starts another.
beforeAll(async () => {
  core = await createTestBridge();
  server = await serve(core, { port: 0, drainMs: 0 });
});
afterAll(async () => {
  await server.close();
  await core.close();
  if (template) await rm((await template).data, { recursive: true });
});

beforeEach(async () => {
  folder = await makeFolder("bridgekit-cli-");
  odoo = createOdooSandbox({ apiKey: "odoo-canary", seed: { employees: EMPLOYEES } });
  hrServer = await odoo.listen();
  env = {};
  config = await writeConfig("bridge", "odoo-canary");
  const { url, apiKey } = await core.openOrg({ origin: server.url });
  useBridge(url, apiKey);
});
afterEach(async () => {
  await Promise.all([up?.kill(), hrServer.close()]);
  up = undefined;
  await rm(folder, { recursive: true, force: true });
});

function useBridge(url: string, key: string): void {
  bridge = createClient({ baseUrl: url, apiKey: key });
  env = { ...env, BRIDGE_URL: url, BRIDGE_API_KEY: key };
}

let template: Promise<{ data: string; key: string }> | undefined;

/** Creates an embedded database with an admin key, which takes seconds; each test gets a copy of it. */
async function createTemplate(): Promise<{ data: string; key: string }> {
  const data = await makeFolder("bridgekit-template-");
  const { key, process, finished } = await bridgeUp(data);
  process.kill("SIGTERM");
  await finished;
  return { data, key: key! };
}

/** Starts `bridgekit up` and uses its Bridge from then on. */
async function startUp(): Promise<Up> {
  const { data, key } = await (template ??= createTemplate());
  await cp(data, join(folder, "data"), { recursive: true });
  up = await bridgeUp(join(folder, "data"));
  useBridge(up.url, key);
  return up;
}

/** Writes a config for one test: a process imports a file only once. */
async function writeConfig(name: string, apiKey: string): Promise<string> {
  const file = join(folder, `${name}.config.ts`);
  const app = `{ connector: hr({ system: "odoo" }), name: "HR EMEA", config: ${JSON.stringify({ url: hrServer.url, apiKey })} }`;
  const rest = `run: { syncEverySeconds: 1, pollSeconds: 10 }, stateDir: ${JSON.stringify(join(folder, "state"))}`;
  await writeFile(
    file,
    `import { hr } from ${JSON.stringify(hrSource)};\nexport default { apps: { emea: ${app} }, ${rest} };\n`,
  );
  return file;
}

const command = (name: string, ...more: string[]) => [name, "--config", config, ...more];
/** Runs in this process; only commands that are killed or stopped need their own. */
const bridgekit = (args: readonly string[]) => runInProcess(args, { env });
const parse = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, any>);

async function appId(): Promise<string> {
  for await (const app of bridge.listApps()) if (app.name === "HR EMEA") return app.id;
  throw new Error("HR EMEA was not created");
}

async function activeAccounts(): Promise<string[]> {
  const ids: string[] = [];
  for await (const { data, removed_at } of bridge.listRecords(await appId(), "account"))
    if (removed_at === null) ids.push(data.id);
  return ids;
}

/** Kills the Bridge and starts it again on the same port. */
async function restart(): Promise<Up> {
  const { url } = up!;
  await up!.kill();
  return (up = await bridgeUp(join(folder, "data"), Number(new URL(url).port)));
}

test("check tries credentials and permissions and writes nothing", async () => {
  const good = await bridgekit(command("check"));
  expect(good.stdout).toContain("HR EMEA: ok   API key (belongs to user 2)");
  expect(good.code).toBe(0);
  expect(await Array.fromAsync(bridge.listApps())).toEqual([]);

  const bad = await bridgekit(["check", "--config", await writeConfig("wrong", "wrong-canary")]);
  expect(bad.code).toBe(1);
  expect(bad.stdout).toContain(
    `HR EMEA: FAILED: Odoo at ${hrServer.url} returned 401 to POST /json/2/res.users/context_get: Invalid apikey`,
  );
  expect(bad.stdout + bad.stderr).not.toContain("canary");
});

test("sync creates the app and pushes everything; tasks carries out the pending tasks", async () => {
  const synced = await bridgekit(command("sync", "--json"));
  expect(synced.code).toBe(0);
  expect(parse(synced.stdout).at(-1)).toMatchObject({ event: "sync.ended", app: "HR EMEA", status: "completed" });
  expect(await activeAccounts()).toHaveLength(odoo.internalUsers().length);

  await bridge.createTask(await appId(), { action: "suspend_account", payload: { account: { id: "20" } } });
  await bridge.createTask(await appId(), { action: "suspend_account", payload: { account: { id: "21" } } });
  odoo.removeUser(21);
  const { code, stdout } = await bridgekit(command("tasks"));
  expect(stdout).toContain("HR EMEA: suspend_account 20: completed");
  expect(stdout).toContain("HR EMEA: suspend_account 21: failed, ACCOUNT_NOT_FOUND:");
  expect(stdout).toContain("HR EMEA: tasks: 1 completed, 1 failed");
  expect(code).toBe(0);
});

test("an Odoo that returns HTML midway fails the sync with exit code 1, and nobody is removed", async () => {
  await bridgekit(command("sync"));
  odoo.fault(({ model }) => (model === "hr.employee" ? { kind: "login-page" } : undefined));
  odoo.removeUser(20);
  const { code, stdout } = await bridgekit(command("sync"));
  expect(code).toBe(1);
  expect(stdout).toContain(
    `FAILED: Odoo at ${hrServer.url} returned no JSON to POST /json/2/hr.employee/search_read but text/html`,
  );
  expect(await activeAccounts()).toContain("20");
});

test("plan changes nothing, not even on the Bridge; too many removals need its approval", async () => {
  const planned = await bridgekit(command("plan", "--json"));
  expect(parse(planned.stdout).at(-1)).toMatchObject({ event: "plan", app: "HR EMEA", comparedWith: "nothing" });
  expect(await Array.fromAsync(bridge.listApps())).toEqual([]);

  await bridgekit(command("sync"));
  const before = await activeAccounts();
  for (const id of before.slice(-100)) odoo.removeUser(Number(id));
  const held = await bridgekit(command("sync"));
  expect(held.code).toBe(3);
  expect(held.stdout).toMatch(
    /would make inactive 100 of \d+ active "account" records.* `bridgekit sync --approve HASH`/,
  );
  expect(await activeAccounts()).toHaveLength(before.length);

  const { stdout, code } = await bridgekit(command("plan"));
  expect(code).toBe(3);
  expect(stdout).toMatch(/HR EMEA: a sync would be held: it would make inactive 100 of \d+ active "account" records/);
  expect(stdout).toMatch(/HR EMEA: account: \d+ read, 0 to create, \d+ to update.*, 100 to remove \(.+, \.\.\.\)/);
  const [, hash] = /--approve ([0-9a-f]{16})/.exec(stdout)!;

  const other = await bridgekit(command("sync", "emea", "--approve", "0000000000000000"));
  expect(other.code).toBe(3);
  expect(other.stdout).toContain(`the hash is ${hash} now`);
  const approved = await bridgekit(command("sync", "emea", "--approve", hash!));
  expect(approved.code).toBe(0);
  expect(await activeAccounts()).toHaveLength(before.length - 100);
  const unnamed = await bridgekit(command("sync", "--approve", hash!));
  expect(unnamed).toMatchObject({ code: 2, stderr: expect.stringContaining("give that app") });
});

test("up prints its key once, not lost by a port in use, and a folder is not opened twice", async () => {
  const data = ["--data", join(folder, "data")];
  const taken = await runBridgeCommand(["up", "--json", "--port", new URL(server.url).port, ...data]);
  expect(taken.code).toBe(1);
  expect(taken.stderr).toContain("it is in use");
  up = await bridgeUp(join(folder, "data"));
  expect(up.key).toMatch(/^bk_/);
  const second = await runBridgeCommand(["up", "--json", "--port", "0", ...data]);
  expect(second.code).toBe(1);
  expect(second.stderr).toContain(join(folder, "data"));
  expect((await restart()).key).toBeNull();
});

test("kill -9 of the Bridge during pushes and during a reconciliation loses nothing that was acknowledged", async () => {
  await startUp();
  let pages = 0;
  odoo.fault(({ method }) =>
    method === "search_read" && ++pages > 3 ? { kind: "delay", milliseconds: 300 } : undefined,
  );
  const first = startBridgeCommand(command("sync", "--json"), env);
  await first.line((line) => line.includes('"slug":"department"'));
  await restart();
  const { code } = await first.finished;
  expect(code).toBe(0);
  const everybody = odoo.internalUsers().map(({ id }) => String(id));
  expect((await activeAccounts()).sort()).toEqual(everybody.sort());

  odoo.removeUser(20);
  const id = await appId();
  const syncId = await bridge.startSync(id);
  for (let n = 0; n < 20; n++) {
    const records = Array.from({ length: 100 }, (_, index) => ({ id: `x${n}-${index}`, username: `x${n}-${index}` }));
    await bridge.pushPage(id, syncId, "account", records);
  }
  await bridge.updateApp(id, { removal_guard: null });
  await bridge.completeSync(id, syncId);
  await restart();
  await expect.poll(async () => (await bridge.getSync(id, syncId)).status).toBe("completed");
  expect(await activeAccounts()).toHaveLength(2000);
});

test("kill -9 of run during a sync removes nobody; the next run completes", async () => {
  await bridgekit(command("sync"));
  odoo.removeUser(20);
  odoo.fault(({ model }) => (model === "hr.employee" ? { kind: "delay", milliseconds: 1000 } : undefined));
  const run = startBridgeCommand(command("run", "--json", "--log-level", "debug"), env);
  await run.line((line) => line.includes('"slug":"access_group"'));
  await run.kill();
  expect(await activeAccounts()).toContain("20");
  expect((await bridgekit(command("sync"))).code).toBe(0);
  expect(await activeAccounts()).not.toContain("20");
});

test("kill -9 of run during a task executes no finished task again, and the interrupted one", async () => {
  await bridgekit(command("sync"));
  const id = await appId();
  for (const account of ["20", "21", "22"])
    await bridge.createTask(id, { action: "suspend_account", payload: { account: { id: account } } });
  // The second user is archived, and the response never arrives.
  odoo.fault(({ method, count }) =>
    method === "write" && count === 2 ? { kind: "delay", milliseconds: 60_000 } : undefined,
  );
  const run = startBridgeCommand(command("run", "--json"), env);
  await run.line((line) => line.includes("task.ended"));
  await expect.poll(() => odoo.requestCount("res.users", "write")).toBe(2);
  await run.kill();

  const { code, stdout } = await bridgekit(command("tasks"));
  expect(code).toBe(0);
  expect(stdout).toContain("tasks: 2 completed, 0 failed");
  expect(odoo.requestCount("res.users", "write")).toBe(4);
  const isActive = (userId: number) => odoo.users().find((user) => user.id === userId)!.active;
  expect([20, 21, 22].map(isActive)).toEqual([false, false, false]);
});

test("kill -9 of run while a mail is sent sends no second one: the task fails and asks to check", async () => {
  await bridgekit(command("sync"));
  await bridge.createTask(await appId(), { action: "reset_password", payload: { account: { id: "20" } } });
  odoo.fault(({ method }) =>
    method === "action_reset_password" ? { kind: "delay", milliseconds: 60_000 } : undefined,
  );
  const run = startBridgeCommand(command("run", "--json"), env);
  await expect.poll(() => odoo.requestCount("res.users", "action_reset_password")).toBe(1);
  await run.kill();

  const { stdout } = await bridgekit(command("tasks"));
  expect(stdout).toContain("was interrupted; whether");
  expect(stdout).toContain("tasks: 0 completed, 1 failed");
  expect(odoo.requestCount("res.users", "action_reset_password")).toBe(1);
});

test("the journal is in an absolute stateDir, and two runners do not share it", async () => {
  odoo.fault(({ method }) => (method === "action_reset_password" ? { kind: "delay", milliseconds: 2000 } : undefined));
  await bridgekit(command("sync"));
  const id = await appId();
  await bridge.createTask(id, { action: "reset_password", payload: { account: { id: "20" } } });
  const run = startBridgeCommand(command("run", "--json"), env);
  await expect.poll(() => odoo.requestCount("res.users", "action_reset_password")).toBe(1);
  const journal = join(folder, "state", "journal", `${id}.jsonl`);
  expect(await readFile(journal, "utf8")).toContain('"state":"intent"');

  const { code, stdout } = await bridgekit(command("tasks"));
  expect(code).toBe(1);
  expect(stdout).toContain(`The journal ${journal} is in use by process ${run.process.pid}`);
  await run.line((line) => line.includes("task.ended"));
  await run.kill();
  expect(odoo.requestCount("res.users", "action_reset_password")).toBe(1);
});

test("run continues until a stop signal, then ends with exit code 0", async () => {
  const run = startBridgeCommand(command("run", "--json"), env);
  await run.line((line) => line.includes("sync.ended"));
  await bridge.createTask(await appId(), { action: "suspend_account", payload: { account: { id: "20" } } });
  await run.line((line) => line.includes("task.ended"));
  run.process.kill("SIGTERM");
  expect((await run.finished).code).toBe(0);
});

test("a key of another organisation sees nothing of the first", async () => {
  const first = await startUp();
  await bridgekit(command("sync"));
  await first.kill();
  const data = ["--data", join(folder, "data")];
  expect((await bridgekit(["org", "create", "other", ...data])).code).toBe(0);
  const made = await bridgekit([
    "key",
    "create",
    "--database",
    ...data,
    "--org",
    "other",
    "--role",
    "connector",
    "--all-apps",
    "--json",
  ]);
  const { key } = JSON.parse(made.stdout) as { key: string };
  const id = await (async () => {
    await restart();
    return appId();
  })();
  const other = createClient({ baseUrl: first.url.replace("/org/main", "/org/other"), apiKey: key });
  expect(await Array.fromAsync(other.listApps())).toEqual([]);
  await expect(other.getApp(id)).rejects.toMatchObject({ status: 404 });
});
