import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bridge, createBridge, type RunningServer, serve } from "../src/index.ts";
import { accounts, type Api, createApi } from "./support/api.ts";
import { createTaskApp } from "./support/tasks.ts";

let bridge: Bridge;
let server: RunningServer;
let api: Api;
beforeAll(async () => {
  bridge = await createBridge({ database: { kind: "pglite" }, bodyLimitBytes: 1_000_000 });
  server = await serve(bridge, { port: 0 });
  api = await createApi(bridge);
});
afterAll(async () => {
  await server.close();
  await bridge.close();
});

const fetchApi = (path: string, init: RequestInit = {}) =>
  fetch(`${server.url}/org/${api.slug}/api/v1/bridge${path}`, {
    ...init,
    headers: {
      authorization: `Api-Key ${api.key}`,
      ...(init.body !== undefined && { "content-type": "application/json" }),
    },
  });

test("a sync runs over HTTP against a database in memory", async () => {
  const app = await api.createApp();
  const { sync_id } = (await (await fetchApi(`/apps/${app}/sync/`, { method: "POST" })).json()) as { sync_id: string };
  const pushed = await fetchApi(`/apps/${app}/sync/${sync_id}/account`, {
    method: "PUT",
    body: JSON.stringify({ records: accounts(100) }),
  });
  expect(await pushed.json()).toEqual({ total: 100, created: 100, updated: 0 });
  expect((await fetchApi(`/apps/${app}/sync/${sync_id}/complete/`, { method: "POST" })).status).toBe(202);
  await bridge.whenReconciled();
  const list = await fetchApi(`/apps/${app}/records/account/?limit=1`);
  expect(await list.json()).toMatchObject({ next: expect.stringContaining(`${server.url}/org/`) });
});

test("one connection serves many requests, even after a refused body", async () => {
  const app = await api.createApp();
  const syncId = await api.start(app);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set<number | undefined>();
  const put = (size: number) =>
    new Promise<number | undefined>((resolve, reject) => {
      const outgoing = request(
        `${server.url}/org/${api.slug}/api/v1/bridge/apps/${app}/sync/${syncId}/account/`,
        { agent, method: "PUT", headers: { authorization: `Api-Key ${api.key}`, "content-type": "application/json" } },
        (incoming) => {
          ports.add(incoming.socket.localPort);
          text(incoming).then(() => resolve(incoming.statusCode), reject);
        },
      );
      outgoing.on("error", reject);
      outgoing.end(JSON.stringify({ records: [{ id: "u1", email: "x", note: "x".repeat(size) }] }));
    });
  expect([await put(10), await put(10), await put(10)]).toEqual([200, 200, 200]);
  expect(ports.size).toBe(1);
  expect(await put(1_500_000)).toBe(413);
  expect(await put(10)).toBe(200);
  agent.destroy();
});

test("a body without a declared length is stopped at the limit, and an incomplete one affects nobody", async () => {
  const app = await api.createApp();
  const syncId = await api.start(app);
  const address = `${server.url}/org/${api.slug}/api/v1/bridge/apps/${app}/sync/${syncId}/account/`;
  const headers = { authorization: `Api-Key ${api.key}`, "content-type": "application/json" };
  const status = await new Promise((resolve, reject) => {
    const outgoing = request(address, { method: "PUT", headers }, (incoming) => {
      resolve(incoming.statusCode);
      outgoing.destroy();
    });
    outgoing.on("error", reject);
    for (let part = 0; part < 20; part++) outgoing.write("x".repeat(100_000));
  });
  expect(status).toBe(413);

  const broken = request(address, { method: "PUT", headers: { ...headers, "content-length": 1_000 } });
  broken.on("error", () => {});
  broken.write("{");
  await new Promise((resolve) => setTimeout(resolve, 50));
  broken.destroy();
  expect((await api.push(app, syncId, "account", accounts(1))).status).toBe(200);
});

test("a port in use is a clear error", async () => {
  const port = Number(new URL(server.url).port);
  await expect(serve(bridge, { port })).rejects.toThrow(`cannot listen on 127.0.0.1:${port}: it is in use`);
});

test("closing completes requests in flight first", async () => {
  let release = () => {};
  let isStopping = false;
  const beginStop = () => (isStopping = true);
  const slow = new Promise<void>((resolve) => (release = resolve));
  const began = Promise.withResolvers<void>();
  const respond = async () => (began.resolve(), await slow, new Response("done"));
  const running = await serve({ fetch: respond, beginStop }, { port: 0 });
  const response = fetch(running.url);
  await began.promise;
  const closed = running.close();
  expect(isStopping).toBe(true);
  release();
  expect(await (await response).text()).toBe("done");
  await closed;
  await expect(fetch(running.url)).rejects.toThrow();
});

test("a long poll or stream whose client has gone does not delay closing", async () => {
  const tasks = await createTaskApp(api);
  const gone = new AbortController();
  const headers = { authorization: `Api-Key ${api.key}`, "content-type": "application/json", prefer: "wait=60" };
  const base = `${server.url}/org/${api.slug}/api/v1/bridge`;
  const claim = fetch(`${base}/apps/${tasks.app}/tasks/claim/`, {
    method: "POST",
    headers,
    body: JSON.stringify({ runner: "gone" }),
    signal: gone.signal,
  }).catch((error: unknown) => error);
  const stream = await fetch(`${base}/events/`, { headers, signal: gone.signal });
  expect(stream.headers.get("content-type")).toBe("text/event-stream");
  const reader = stream.body!.getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toContain(": events after ");
  gone.abort();
  expect(await claim).toMatchObject({ name: "AbortError" });
  await expect(reader.read()).rejects.toThrow("aborted");
  await new Promise((resolve) => setTimeout(resolve, 500));
  const { id } = await tasks.create("u0");
  expect(await tasks.claimed("r1", {}, { wait: 10 })).toEqual([id]);
});
