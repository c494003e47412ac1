import { execFile, spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bridge, type RunningServer, serve } from "../src/index.ts";
import { type Api, createApi } from "./support/api.ts";
import { openBridge } from "./support/open-bridge.ts";

// The published guide's own clients, over real HTTP. They need python3 with requests; otherwise the tests are skipped.
const isPythonThere = spawnSync("python3", ["-c", "import requests"]).status === 0;
const script = (name: string) => fileURLToPath(new URL(`./guide/${name}.py`, import.meta.url));

let bridge: Bridge;
let server: RunningServer;
let api: Api;
let url: string;
beforeAll(async () => {
  bridge = await openBridge();
  server = await serve(bridge, { port: 0 });
  api = await createApi(bridge);
  url = `${server.url}/org/${api.slug}`;
});
afterAll(async () => {
  await server.close();
  await bridge.close();
});

async function run(name: string, ...args: string[]): Promise<any> {
  const { stdout } = await promisify(execFile)("python3", [script(name), url, api.key, ...args]);
  return JSON.parse(stdout);
}

test.skipIf(!isPythonThere)("the code of the page on clone_from does what the page says", async () => {
  const { parent, clones, ...rest } = await run("clone");
  expect(rest).toEqual({ engineering: "completed", legal: "completed", collision: 409 });
  expect(await api.activeIds(parent, "account")).toEqual(["u1"]);
  expect(await api.activeIds(clones[0], "account")).toEqual(["u50"]);
  expect(await api.activeIds(clones[1], "account")).toEqual([]);
});

test.skipIf(!isPythonThere)("the code of the page on syncing does what the page says", async () => {
  const types = [
    { slug: "team", name: "Team", type: "group" },
    { slug: "license", name: "License", type: "license" },
    { slug: "account", name: "Account", type: "account" },
  ] as const;
  const app = await api.createApp({ types });
  const result = await run("sync", app);
  expect(result.first).toEqual([
    { created: 3, updated: 0 },
    { created: 1, updated: 0 },
    { created: 250, updated: 0 },
  ]);
  expect(result.second.at(-1)).toEqual({ created: 0, updated: 245 });
  expect(Object.fromEntries(result.completed)).toEqual({ account: 250, license: 1, team: 3 });
  expect(result.again).toBe("completed");
  expect(result.validation).toEqual([
    [400, "records: 101 records in one page; at most 100 are allowed"],
    [422, "Record 'u1': unknown membership slug 'nonexistent'"],
    [400, "records[0]: needs email or username"],
  ]);
  expect(result.abandoned).toBe(204);
  expect(await api.activeIds(app, "account")).toHaveLength(245);
});

test.skipIf(!isPythonThere)(
  "the task loop of the guide carries out pending tasks; a second report is a 409",
  async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", [{ id: "u1", email: "u1@example.com" }]]]);
    const create = (action: string) =>
      api.call("POST", `/apps/${app}/tasks/`, { action, payload: { account: { id: "u1" } } });
    const suspend = (await create("suspend_account")).body.id;
    const reset = (await create("reset_password")).body.id;
    const loop = spawn("python3", [script("tasks"), url, api.key, app]);
    let log = "";
    loop.stderr.on("data", (chunk) => (log += String(chunk)));
    try {
      await expect.poll(() => log.match(/already in terminal state/g)?.length).toBe(2);
    } finally {
      loop.kill();
    }
    expect((await api.call("GET", `/apps/${app}/tasks/${suspend}/`)).body.status).toBe("completed");
    expect((await api.call("GET", `/apps/${app}/tasks/${reset}/`)).body.error).toEqual({
      code: "INTERNAL_ERROR",
      message: "Unknown action: reset_password",
    });
  },
);
