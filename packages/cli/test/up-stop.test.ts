import { rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { makeFolder } from "@bridgekit/test-postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startBridgeCommand, type Running } from "./support/bridgekit-command.ts";
import { runInProcess } from "./support/run-in-process.ts";

// One database for the whole file, because creating it takes longer than any test.
let folder: string;
let key: string;
beforeAll(async () => {
  folder = await makeFolder("bridgekit-up-");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts `bridgekit up` on the database of this file and waits until it is ready. */
async function up(...options: string[]): Promise<Running & { url: string }> {
  const running = startBridgeCommand(["up", "--json", "--port", "0", "--data", join(folder, "data"), ...options]);
  const ready = JSON.parse(await running.line((line) => line.startsWith("{"))) as { url: string; key: string | null };
  key ??= ready.key!;
  return { ...running, url: ready.url };
}

interface Answer {
  status: number | undefined;
  isLast: boolean;
  body: any;
}

/** One client with one keep-alive connection. Rejects with the error's code if there is no response. */
function createCaller(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return (method: string, path: string, body?: object): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Api-Key ${key}`, ...(body && { "content-type": "application/json" }) };
      const outgoing = request(`${url}/api/v1/bridge${path}`, { agent, method, headers }, (incoming) => {
        let text = "";
        incoming.on("data", (chunk) => (text += String(chunk)));
        incoming.on("error", reject);
        incoming.on("end", () =>
          resolve({
            status: incoming.statusCode,
            isLast: incoming.headers.connection === "close",
            body: text === "" ? undefined : JSON.parse(text),
          }),
        );
      });
      outgoing.on("error", reject);
      outgoing.end(body && JSON.stringify(body));
    });
}

test("SIGTERM under load: every sent request gets a response, what was acknowledged is kept, and the exit code is 0", async () => {
  const bridge = await up();
  const first = createCaller(bridge.url);
  const app = (await first("POST", "/apps/", { name: "HR" })).body.id as string;
  await first("POST", `/apps/${app}/resource-types/`, { slug: "account", name: "Account", type: "account" });
  const syncId = (await first("POST", `/apps/${app}/sync/`)).body.sync_id as string;

  let answered = 0;
  const acknowledged: string[] = [];
  /** Pushes until a response closes its connection; a new connection is refused. */
  async function load(caller: number): Promise<number[]> {
    const call = createCaller(bridge.url);
    const statuses: number[] = [];
    for (let page = 0; ; page++) {
      const id = `u${caller}-${page}`;
      const records = Array.from({ length: 100 }, (_, n) => ({ id: `${id}-${n}`, email: "x" }));
      const { status, isLast } = await call("PUT", `/apps/${app}/sync/${syncId}/account/`, { records });
      statuses.push(status ?? 0);
      if (status === 200) acknowledged.push(`${id}-0`);
      answered++;
      if (isLast) return statuses;
    }
  }
  const loads = Array.from({ length: 8 }, (_, caller) => load(caller));
  await expect.poll(() => answered).toBeGreaterThan(40);
  bridge.process.kill("SIGTERM");
  const statuses = (await Promise.all(loads)).flat();
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(await bridge.finished).toMatchObject({ code: 0, stderr: "" });
  await expect(first("GET", "/apps/")).rejects.toMatchObject({ code: "ECONNREFUSED" });

  const again = await up();
  const later = createCaller(again.url);
  await later("POST", `/apps/${app}/sync/${syncId}/complete/`);
  const session = async () => (await later("GET", `/apps/${app}/sync/${syncId}/`)).body;
  await expect.poll(async () => (await session()).status).toBe("completed");
  expect((await session()).progress[0].created).toBe(acknowledged.length * 100);
  again.process.kill("SIGTERM");
  expect((await again.finished).code).toBe(0);
});

test("SIGTERM while a reconciliation runs waits for it, and the exit code is 0", async () => {
  const bridge = await up();
  const call = createCaller(bridge.url);
  const app = (await call("POST", "/apps/", { name: "Finance" })).body.id as string;
  await call("POST", `/apps/${app}/resource-types/`, { slug: "account", name: "Account", type: "account" });
  const syncId = (await call("POST", `/apps/${app}/sync/`)).body.sync_id as string;
  for (let page = 0; page < 100; page++) {
    const records = Array.from({ length: 100 }, (_, n) => ({ id: `u${page}-${n}`, email: "x" }));
    await call("PUT", `/apps/${app}/sync/${syncId}/account/`, { records });
  }
  await call("POST", `/apps/${app}/sync/${syncId}/complete/`);
  bridge.process.kill("SIGTERM");
  expect(await bridge.finished).toMatchObject({ code: 0, stderr: "" });
  const again = await up();
  const later = createCaller(again.url);
  const status = async () => (await later("GET", `/apps/${app}/sync/${syncId}/`)).body.status;
  await expect.poll(status).toBe("completed");
  await again.kill();
});

test("--log-level info writes one JSON line per request to stderr, without the key", async () => {
  const bridge = await up("--drain", "0", "--log-level", "info");
  await createCaller(bridge.url)("GET", "/apps/?token=secret");
  bridge.process.kill("SIGTERM");
  const { code, stderr } = await bridge.finished;
  expect(code).toBe(0);
  const lines = stderr
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.filter(({ msg }) => msg === "request")).toMatchObject([{ operationId: "listApps", status: 200 }]);
  expect(stderr).not.toContain(key);
  expect(stderr).not.toContain("secret");
});

test.each([
  ["--log-level", "loud"],
  ["--drain", "-1"],
  ["--drain", ""],
])("%s %j is refused as wrong usage", async (option, value) => {
  const { code, stderr } = await runInProcess(["up", option, value]);
  expect(code).toBe(2);
  expect(stderr).toContain(option);
});
