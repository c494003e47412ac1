import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { afterAll, expect, test } from "vitest";
import { addConsole } from "../src/console/add-console.ts";
import type { AppEnvironment } from "../src/http/app-environment.ts";
import { createTestBridge } from "../src/testing.ts";

const folder = mkdtempSync(join(tmpdir(), "bridgekit-console-"));
mkdirSync(join(folder, "assets"));
writeFileSync(
  join(folder, "index.html"),
  '<!doctype html>\n<html>\n  <head>\n    <script src="./assets/a-1.js"></script>',
);
writeFileSync(join(folder, "assets", "a-1.js"), "start();");
writeFileSync(join(folder, "notes.txt"), "of the build");
afterAll(() => rmSync(folder, { recursive: true }));

const app = new Hono<AppEnvironment>();
addConsole(app, folder);

test("the page is served at / and below /o/, and says where the console begins", async () => {
  const bases = await Promise.all(
    ["/", "/o/main", "/o/main/", "/o/main/apps/7f0b/syncs"].map(async (path) => {
      const response = await app.request(path);
      expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-cache"]);
      return /<base href="([^"]*)"/.exec(await response.text())?.[1];
    }),
  );
  expect(bases).toEqual(["./", "../", "../../", "../../../../"]);
});

test("the page runs only scripts of its own origin and can't be framed", async () => {
  const policy = (await app.request("/")).headers.get("content-security-policy") ?? "";
  expect(policy.split("; ")).toEqual(
    expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]),
  );
  expect(policy).not.toContain("unsafe");
});

test("a file of the build is cached for ever, and compressed for clients that accept it", async () => {
  const plain = await app.request("/assets/a-1.js");
  expect(await plain.text()).toBe("start();");
  expect(Object.fromEntries(plain.headers)).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
    vary: "accept-encoding",
  });
  const gzipped = await app.request("/assets/a-1.js", { headers: { "accept-encoding": "gzip, br" } });
  expect(gzipped.headers.get("content-encoding")).toBe("gzip");
  expect(gunzipSync(new Uint8Array(await gzipped.arrayBuffer())).toString()).toBe("start();");
});

test("no other file of the machine is served", async () => {
  for (const path of ["/notes.txt", "/assets/b-2.js", "/assets/../index.html", "/assets/%2e%2e/notes.txt"])
    expect([path, (await app.request(path)).status]).toEqual([path, 404]);
});

test("a checkout without a build explains how to make one", async () => {
  const bare = new Hono<AppEnvironment>();
  addConsole(bare, join(folder, "assets"));
  const response = await bare.request("/o/main");
  expect([response.status, await response.json()]).toEqual([
    404,
    { detail: expect.stringContaining("pnpm@12.21.0 --filter @bridgekit/console build") },
  ]);
});

test("the console hides no path of the Bridge", async () => {
  await using bridge = await createTestBridge();
  const get = (path: string) =>
    bridge.fetch(new Request(`http://bridge.example.com${path}`, { headers: { accept: "text/html" } }));
  for (const path of ["/org/main/api/v1/bridge/apps/", "/org", "/org/main", "/nope", "/metrics/nope"]) {
    const response = await get(path);
    expect([path, response.headers.get("content-type")]).toEqual([path, expect.stringContaining("application/json")]);
  }
  for (const path of ["/healthz", "/readyz", "/metrics", "/openapi.json", "/docs"])
    expect([path, (await get(path)).status]).toEqual([path, 200]);
  expect(await (await get("/docs")).text()).toContain("docs/redoc.js");
});
