import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bridge, type RunningServer, serve } from "../src/index.ts";
import { type Api, createApi } from "./support/api.ts";
import { openBridge } from "./support/open-bridge.ts";

let bridge: Bridge;
let server: RunningServer;
let api: Api;
beforeAll(async () => {
  bridge = await openBridge();
  server = await serve(bridge, { port: 0, drainMs: 0 });
  api = await createApi(bridge);
});
afterAll(async () => {
  await server.close();
  await bridge.close();
});

const LIMIT = 8 * 1024 * 1024;
const half = LIMIT / 2;
const objects = Math.floor(LIMIT / 6);

test.each([
  ["8 MiB of [", "[".repeat(LIMIT)],
  ["8 MiB of [ and ]", `${"[".repeat(half)}${"]".repeat(half)}`],
  ["8 MiB of objects in objects", `${'{"a":'.repeat(objects)}1${"}".repeat(objects)}`],
  ["8 MiB of objects in objects that never end", '{"a":'.repeat(objects)],
  [
    "a record as deep as that",
    `{"records":[{"id":"u","email":"x","deep":${"[".repeat(half - 50)}${"]".repeat(half - 50)}}]}`,
  ],
])("%s gets 400", async (_name, body) => {
  const app = await api.createApp();
  const syncId = await api.start(app);
  const headers = { "content-type": "application/json" };
  for (const [method, path] of [
    ["POST", "/apps/"],
    ["PUT", `/apps/${app}/sync/${syncId}/account/`],
  ] as const) {
    const response = await api.send(method, path, { body, headers });
    expect([response.status, response.body], path).toEqual([400, { detail: expect.any(String) }]);
    expect(response.body.detail.length, path).toBeLessThan(500);
  }
  expect((await api.call("GET", `/apps/${app}/`)).status).toBe(200);
});

/** The first line of the response to bytes that no fetch would send. */
async function knock(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  await once(socket, "connect");
  socket.end(bytes, "latin1");
  return (await text(socket)).split("\r\n", 1)[0] ?? "";
}

test.each([
  ["an address of 20 KB", `GET /${"a".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
  ["a header of 20 KB", `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${"a".repeat(20_000)}\r\n\r\n`, 431],
  ["no host", "GET /healthz HTTP/1.1\r\n\r\n", 400],
  ["a host that is none", "GET /openapi.json HTTP/1.1\r\nHost: a/b?c@d\r\n\r\n", 400],
  ["an address that is none", "GET http://[::bad/docs HTTP/1.1\r\nHost: x\r\n\r\n", 400],
  ["OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 400],
  ["escapes that are none", "GET /%ff%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404],
  ["a negative length", "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", 400],
  ["no HTTP", "\u0000\u0001\r\n\r\n", 400],
])("a request with %s is the caller's mistake", async (_name, bytes, status) => {
  expect(await knock(bytes)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
});
