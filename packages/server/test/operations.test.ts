import { gunzipSync } from "node:zlib";
import { pino } from "pino";
import { expect, test } from "vitest";
import { type Bridge, createBridge } from "../src/index.ts";
import { openapiDocument } from "../src/http/openapi-document.ts";
import { accounts, createApi } from "./support/api.ts";
import { createDatabase, openBridge } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

const { bridge, api } = await setUpBridge("postgres");

const get = (path: string, headers: Record<string, string> = {}, from: Pick<Bridge, "fetch"> = bridge) =>
  from.fetch(new Request(`http://bridge.test${path}`, { headers }));

/** The value of one series, by its name and a part of its labels. */
async function metric(from: Bridge, name: string, labels = ""): Promise<number> {
  const text = await (await get("/metrics", {}, from)).text();
  const line = text.split("\n").find((one) => one.startsWith(name) && one.includes(labels));
  return Number(line?.split(" ").at(-1));
}

test("liveness and readiness need no key", async () => {
  const live = await get("/healthz");
  expect([live.status, await live.json()]).toEqual([200, { status: "ok" }]);
  const ready = await get("/readyz");
  expect([ready.status, await ready.json()]).toEqual([200, { status: "ready" }]);
});

test("a stopping Bridge is not ready, and still handles requests", async () => {
  await using stopping = await openBridge();
  const caller = await createApi(stopping);
  stopping.beginStop();
  const ready = await get("/readyz", {}, stopping);
  expect([ready.status, await ready.json()]).toEqual([503, { status: "not ready", reason: "The Bridge is stopping." }]);
  expect((await get("/healthz", {}, stopping)).status).toBe(200);
  expect((await caller.call("GET", "/apps/")).status).toBe(200);
});

test("a Bridge without its database is not ready, and lives", async () => {
  const { database, drop } = await createDatabase("postgres");
  const orphan = await createBridge({ database, logger: pino({ level: "silent" }) });
  expect((await get("/readyz", {}, orphan)).status).toBe(200);
  await drop();
  const ready = await get("/readyz", {}, orphan);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: "not ready", reason: "The database does not respond." },
  ]);
  expect((await get("/healthz", {}, orphan)).status).toBe(200);
  await orphan.close();
});

test("metrics count requests, pages, records and reconciliations", async () => {
  await using counted = await openBridge();
  const caller = await createApi(counted);
  const app = await caller.createApp();
  await caller.sync(app, [
    ["account", accounts(30)],
    ["team", [{ id: "g1", name: "G" }]],
  ]);
  await caller.sync(app, [["account", accounts(1)]], "abandon");
  const held = await caller.sync(app, [["account", accounts(1)]]);
  expect(held).toMatchObject({ status: "error" });
  await caller.call("GET", "/apps/42/");

  expect(await metric(counted, "bridge_pages_staged_total")).toBe(4);
  expect(await metric(counted, "bridge_records_staged_total")).toBe(33);
  const count = (labels: string) => metric(counted, "bridge_request_duration_seconds_count", labels);
  expect(await count('operation="pushPage",method="PUT",status="2xx"')).toBe(4);
  expect(await count('operation="getApp",method="GET",status="4xx"')).toBe(1);
  for (const outcome of ["completed", "abandoned", "held"])
    expect(await metric(counted, "bridge_reconciliation_duration_seconds_count", `outcome="${outcome}"`), outcome).toBe(
      1,
    );
  // The scrape itself is in flight.
  expect(await metric(counted, "bridge_requests_open")).toBe(1);
});

test("two Bridges in one process count for themselves and share the metrics of the process", async () => {
  await using other = await openBridge();
  await (await createApi(other)).call("GET", "/apps/");
  const count = 'operation="listApps",method="GET",status="2xx"';
  expect(await metric(other, "bridge_request_duration_seconds_count", count)).toBe(1);
  expect(await metric(bridge, "bridge_request_duration_seconds_count", count)).toBeNaN();
  expect(await metric(other, "process_cpu_seconds_total")).toBeGreaterThan(0);
  expect(await metric(bridge, "process_cpu_seconds_total")).toBeGreaterThan(0);
});

test("metrics contain no organisation, no key, no app but by id, and no method that a caller made up", async () => {
  const app = await api.createApp();
  await api.sync(app, [["account", accounts(1)]]);
  await bridge.fetch(new Request(`http://bridge.test/${api.slug}`, { method: "CANARY" }));
  const text = await (await get("/metrics")).text();
  for (const secret of [api.slug, api.keyId, api.key, "HR", "CANARY"]) expect(text).not.toContain(secret);
  expect(text).toContain('method="other"');
});

test("the contract is served with the URL that was called", async () => {
  const server = async (headers?: Record<string, string>) =>
    ((await (await get("/openapi.json", headers)).json()) as typeof openapiDocument).servers[0].variables.origin
      .default;
  expect(await server()).toBe("http://bridge.test");
  expect(await server({ "x-forwarded-proto": "https" })).toBe("https://bridge.test");
  const document = (await (await get("/openapi.json")).json()) as typeof openapiDocument;
  expect(document.paths).toEqual(openapiDocument.paths);
});

test("the API reference runs the scripts of this server and calls no other host", async () => {
  const response = await get("/docs");
  expect(response.headers.get("content-type")).toContain("text/html");
  expect(response.headers.get("content-security-policy")).toBe(
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src data:; connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  const page = await response.text();
  expect(page).not.toMatch(/<script>|https?:| on\w+=/);
  const scripts = Array.from(page.matchAll(/<script src="([^"]+)"><\/script>/g), ([, path]) => `/${path}`);
  expect(scripts).toEqual(["/docs/redoc.js", "/docs/start.js"]);
  const [redoc, start] = await Promise.all(
    scripts.map(async (path) => {
      const script = await get(path);
      expect(script.headers.get("content-type"), path).toContain("text/javascript");
      return script.text();
    }),
  );
  expect(start).toMatch(/Redoc\.init\(\s*"openapi\.json"/);
  expect(redoc).not.toMatch(/cdn\.|fonts\.googleapis/);
  const compressed = await get("/docs/redoc.js", { "accept-encoding": "gzip, br" });
  expect(compressed.headers.get("content-encoding")).toBe("gzip");
  expect(gunzipSync(await compressed.arrayBuffer()).toString()).toBe(redoc);
});

test("every response forbids browsers to guess, frame and keep it", async () => {
  for (const path of ["/healthz", "/nope", `/org/${api.slug}/api/v1/bridge/apps/`, "/metrics", "/openapi.json"]) {
    const { headers } = await get(path);
    expect(Object.fromEntries(headers), path).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
    expect(headers.get("strict-transport-security")).toBeNull();
  }
});

test("a wrong method gets 405", async () => {
  const response = await bridge.fetch(new Request("http://bridge.test/readyz", { method: "POST" }));
  expect([response.status, response.headers.get("allow")]).toEqual([405, "GET"]);
});
