import { connect } from "node:net";
import { Writable } from "node:stream";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bridge, type RunningServer, serve } from "../src/index.ts";
import { type Api, createApi } from "./support/api.ts";
import { openBridge } from "./support/open-bridge.ts";

const complaints: string[] = [];
let bridge: Bridge;
let server: RunningServer;
let api: Api;
beforeAll(async () => {
  const complain = new Writable({
    write(line: Buffer, _encoding, done) {
      complaints.push(line.toString());
      done();
    },
  });
  bridge = await openBridge("pglite", { logger: pino({ level: "warn" }, complain) });
  server = await serve(bridge, { port: 0 });
  api = await createApi(bridge);
});
afterAll(async () => {
  await server.close();
  await bridge.close();
});

// Requests that no client library sends. APPS stands for the URL of the list of apps.
const REQUESTS: Readonly<Record<string, string>> = {
  "no host": "GET APPS HTTP/1.1\r\n\r\n",
  "a host that is none": "GET APPS HTTP/1.1\r\nHost: [::\r\n\r\n",
  "a host with a script": 'GET APPS HTTP/1.1\r\nHost: x"><script>\r\n\r\n',
  "an empty host": "GET APPS HTTP/1.1\r\nHost: \r\n\r\n",
  "an address that is none": "GET http://[APPS HTTP/1.1\r\nHost: x\r\n\r\n",
  "an address of another scheme": "GET ftp://xAPPS HTTP/1.1\r\nHost: x\r\n\r\n",
  "a star": "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
  "a path that looks like a host": "GET //a@b:c/APPS HTTP/1.1\r\nHost: x\r\n\r\n",
  backslashes: "GET /\\..\\..APPS HTTP/1.1\r\nHost: x\r\n\r\n",
  "a way out of the root": "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
  "bytes above ASCII": "GET APPS\xff\xfe/ HTTP/1.1\r\nHost: x\r\n\r\n",
  "a percent sign": "GET APPS%/ HTTP/1.1\r\nHost: x\r\n\r\n",
  "the method TRACE": "TRACE APPS HTTP/1.1\r\nHost: x\r\n\r\n",
  "a method that is none": "NONSENSE APPS HTTP/1.1\r\nHost: x\r\n\r\n",
  "a long address": `GET APPS${"x".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  "a long header": `GET APPS HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}\r\n\r\n`,
  "a header with NUL": "GET APPS HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\n\r\n",
  "a negative length": "POST APPS HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
  "a huge length":
    "POST APPS HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{}",
  "two lengths": "POST APPS HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  "a chunk that is none":
    "POST APPS HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  "a content type in other letters":
    "POST APPS HTTP/1.1\r\nHost: x\r\nContent-Type: \xff\xfe\r\nContent-Length: 2\r\n\r\n{}",
  "an expectation": "POST APPS HTTP/1.1\r\nHost: x\r\nExpect: nonsense\r\nContent-Length: 2\r\n\r\n{}",
  "another version": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "no HTTP at all": "\x00\x01\x02\r\n\r\n",
};

test.each(Object.entries(REQUESTS))("%s is refused, and the server continues", async (_, request) => {
  const apps = `/org/${api.slug}/api/v1/bridge/apps/`;
  const response = await exchange(
    request.replace("APPS", apps).replace("\r\n\r\n", `\r\nAuthorization: Api-Key ${api.key}\r\n\r\n`),
  );
  expect(response).toMatch(/^HTTP\/1\.1 4\d\d /);
  expect(response).not.toMatch(/\n\s+at |node_modules|file:/);
  expect((await fetch(`${server.url}${apps}`, { headers: { authorization: `Api-Key ${api.key}` } })).status).toBe(200);
  expect(complaints).toEqual([]);
});

/** Writes bytes and returns the first ones of the response. */
function exchange(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () =>
      socket.write(Buffer.from(bytes, "latin1")),
    );
    socket.once("error", reject);
    socket.once("data", (data) => {
      resolve(data.toString("latin1"));
      socket.destroy();
    });
  });
}
