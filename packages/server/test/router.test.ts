import { expect, test } from "vitest";
import { openapiDocument } from "../src/http/openapi-document.ts";
import { problem } from "../src/http/http-error.ts";
import type { Handler, Handlers } from "../src/http/operation.ts";
import { routes } from "../src/http/router.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

const { bridge, api } = await setUpBridge();

const UUID = "00000000-0000-4000-8000-000000000000";
const root = () => `http://bridge.test/org/${api.slug}`;

interface Declared {
  operationId: string;
  responses: Record<string, unknown>;
  requestBody?: object;
}
const operations: Declared[] = Object.values(
  openapiDocument.paths as unknown as Record<string, Record<string, Declared>>,
).flatMap((item) => Object.entries(item).flatMap(([name, operation]) => (name === "parameters" ? [] : [operation])));

test("every operation of the document is served, with and without the trailing slash", async () => {
  expect(routes.map(({ id }) => id).sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
  for (const { method, path } of routes) {
    const address = root() + path.replace(/:\w+_id\b/g, UUID).replace(/:\w+/g, "x");
    for (const url of [address, address.slice(0, -1)]) {
      const response = await bridge.fetch(new Request(url, { method }));
      expect(response.status, `${method} ${url}`).toBe(401);
    }
  }
});

test("what runs before a handler returns only what each operation declares", () => {
  for (const { id, queryParameters, bodySchema } of routes) {
    const declared = Object.keys(operations.find(({ operationId }) => operationId === id)?.responses ?? {});
    const needed = ["401", "403", "404", ...(bodySchema === undefined ? [] : ["400", "413", "415"])];
    expect(declared, id).toEqual(expect.arrayContaining(needed));
    if (queryParameters.length > 0) expect(declared, id).toContain("400");
  }
});

test("a response that the document does not declare does not compile", () => {
  const declared: Handler<"getApp"> = async () => problem(404, "No such app.");
  // @ts-expect-error getApp declares no 418
  const undeclaredStatus: Handler<"getApp"> = async () => problem(418, "No such pot.");
  // @ts-expect-error an app has more than an id
  const undeclaredBody: Handler<"getApp"> = async () => ({ status: 200, body: { id: UUID } });
  // @ts-expect-error all operations but one are missing
  const incomplete: Handlers = { getApp: declared };
  expect([undeclaredStatus, undeclaredBody, incomplete]).toBeDefined();
});

test("an unknown path gets 404 with a detail", async () => {
  for (const url of [
    "http://bridge.test/nope",
    `${root()}/`,
    `${root()}/api/v1/bridge/nope/`,
    `${root()}/api/v1/bridge/apps//`,
  ]) {
    const response = await bridge.fetch(new Request(url));
    expect([response.status, await response.json()]).toEqual([404, { detail: expect.stringContaining("Not found") }]);
  }
});

test("a known path with the wrong method gets 405 with the right ones", async () => {
  const wrong = await api.send("DELETE", "/apps/");
  expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, POST"]);
  expect(wrong.body.detail).toContain("use GET or POST");
  const complete = await api.send("GET", `/apps/${UUID}/sync/${UUID}/complete/`);
  expect([complete.status, complete.headers.get("allow")]).toEqual([405, "PUT, POST"]);
});

test("a type whose slug is the name of an operation can be pushed", async () => {
  const app = await api.createApp({ types: [{ slug: "complete", name: "C", type: "group" }] });
  const session = await api.sync(app, [["complete", [{ id: "g1", name: "G" }]]]);
  expect(session).toMatchObject({ status: "completed" });
  expect(await api.activeIds(app, "complete")).toEqual(["g1"]);
});

test("liveness needs no key", async () => {
  const response = await bridge.fetch(new Request("http://bridge.test/healthz"));
  expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
});

test("every response has a request id and forbids browsers to guess", async () => {
  const { headers } = await api.call("GET", "/apps/");
  expect(headers.get("x-request-id")).toEqual(expect.any(String));
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("content-type")).toContain("application/json");
});
