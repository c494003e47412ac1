import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { HttpRequest } from "../src/index.ts";
import { createHttp } from "../src/http/create-http.ts";
import { createHosts } from "../src/run.ts";
import { failure } from "./support/failing-upstream.ts";

/** A server on a real socket, for the errors that Node's `fetch` really throws. */
async function listen(listener: RequestListener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(async () => void (await close()));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const retry = { retries: 2, minDelaySeconds: 0.001, maxDelaySeconds: 0.002 };
  return { close, http: createHttp({ system: "Wiki", baseUrl, retry }, { hosts: createHosts() }) };
}

const write: HttpRequest = { method: "POST", path: "/users", body: { name: "A" } };
const read: HttpRequest = { method: "GET", path: "/users" };

test("a write whose connection is reset after it was sent is not sent again", async () => {
  let calls = 0;
  const { http } = await listen((request) => {
    calls++;
    request.resume().on("end", () => request.socket.destroy());
  });
  expect(await failure(http.request(write))).toMatchObject({ effect: "unknown", isRetryable: true });
  expect(calls).toBe(1);
});

test("a write to a closed port has no effect", async () => {
  const { http, close } = await listen(() => undefined);
  await close();
  expect(await failure(http.request(write))).toMatchObject({ effect: "none", isRetryable: true });
});

test("a response that breaks off is an error; a read is sent again, a write is not", async () => {
  let calls = 0;
  const { http } = await listen((_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('[{"id":1}', () => response.destroy());
    calls++;
  });
  const error = await failure(http.request(read));
  expect(error.message).toMatch(/^Wiki broke off its response to GET \/users: /);
  expect(calls).toBe(3);
  expect(await failure(http.request(write))).toMatchObject({ effect: "unknown" });
  expect(calls).toBe(4);
});

test("a refusal whose body breaks off is still a refusal", async () => {
  const { http } = await listen((_request, response) => {
    response.writeHead(403, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"err', () => response.destroy());
  });
  expect(await failure(http.request(write))).toMatchObject({ code: "PERMISSION_DENIED", effect: "none", status: 403 });
});
