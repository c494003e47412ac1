import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Bridge } from "../src/index.ts";
import { openapiDocument } from "../src/http/openapi-document.ts";
import { routes } from "../src/http/router.ts";
import { accounts, type Api, createApi, TYPES } from "./support/api.ts";
import { openBridge } from "./support/open-bridge.ts";

let bridge: Bridge;
let admin: Api;
let limited: Api;
let own: string;
let other: string;
beforeAll(async () => {
  bridge = await openBridge();
  admin = await createApi(bridge);
  own = await admin.createApp();
  other = await admin.createApp();
  limited = await createApi(bridge, { org: admin.slug, role: "connector", appIds: [own] });
});
afterAll(() => bridge.close());

test("a limited key does everything for its own apps", async () => {
  const session = await limited.sync(own, [["account", accounts(2)]]);
  expect(session).toMatchObject({ status: "completed" });
  expect(await limited.activeIds(own, "account")).toEqual(["u0", "u1"]);
  expect((await limited.call("GET", `/apps/${own.toUpperCase()}/`)).status).toBe(200);
});

test("a limited key lists its own apps only", async () => {
  const { body } = await limited.call("GET", "/apps/");
  expect(body).toMatchObject({ apps: [{ id: own }], count: 1, next: null });
  expect((await admin.call("GET", "/apps/")).body.count).toBe(2);
});

test("an app that a limited key creates belongs to it at once, in every process", async () => {
  const made = await createApi(bridge, { org: admin.slug, role: "connector", appIds: [] });
  expect((await made.call("GET", "/apps/")).body).toMatchObject({ apps: [], count: 0 });
  const { body } = await made.call("POST", "/apps/", { name: "first of its own" });
  const app = body.id;
  for (const type of TYPES) await made.call("POST", `/apps/${app}/resource-types/`, type);
  expect((await made.call("GET", "/apps/")).body).toMatchObject({ apps: [{ id: app }], count: 1 });
  expect(await made.sync(app, [["account", accounts(2)]])).toMatchObject({ status: "completed" });
  expect((await limited.call("GET", `/apps/${app}/`)).status).toBe(404);
  const { body: clone } = await made.call("POST", "/apps/", { name: "clone", clone_from: app });
  expect((await made.call("GET", `/apps/${clone.id}/resource-types/`)).body.resource_types).toHaveLength(3);
  const key = (await admin.call("GET", "/keys/?limit=500")).body.keys.find((one: any) => one.id === made.keyId);
  expect(key.app_ids).toEqual([app, clone.id]);
});

test("a limited key clones only its own apps, and can't take the name of another", async () => {
  expect((await limited.call("POST", "/apps/", { name: "x", clone_from: other })).status).toBe(404);
  const { body: taken } = await admin.call("POST", "/apps/", { name: "Payroll" });
  expect(await limited.call("POST", "/apps/", { name: "Payroll" })).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('An app named "Payroll" exists that this API key does not reach') },
  });
  await admin.call("DELETE", `/apps/${taken.id}/`);
  expect((await admin.call("GET", "/apps/?limit=500")).body.apps).not.toContainEqual(
    expect.objectContaining({ name: "Payroll" }),
  );
});

test("a limited key may use at most a hundred apps", async () => {
  const full = await createApi(bridge, { org: admin.slug, role: "connector", appIds: [] });
  for (let made = 0; made < 100; made++)
    expect((await full.call("POST", "/apps/", { name: `app ${made}` })).status).toBe(201);
  expect(await full.call("POST", "/apps/", { name: "one more" })).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("reaches 100 apps") },
  });
});

/** The first example that the document has for a body. */
const exampleOf = (schema: keyof typeof openapiDocument.components.schemas | undefined): unknown =>
  schema === undefined ? undefined : openapiDocument.components.schemas[schema].examples[0];

test("to a limited key any other app looks exactly like one that does not exist", async () => {
  await admin.sync(other, [["account", accounts(2)]]);
  const syncId = await admin.start(other);
  const { body: task } = await admin.call("POST", `/apps/${other}/tasks/`, {
    action: "delete_account",
    payload: { account: { id: "u1" } },
  });
  const nowhere = randomUUID();
  for (const { id, method, path, bodySchema } of routes) {
    if (!path.includes(":app_id")) continue;
    const address = (app: string) =>
      path
        .replace("/api/v1/bridge", "")
        .replace(":app_id", app)
        .replace(":sync_id", syncId)
        .replace(":task_id", task.id)
        .replace(":slug", "account")
        .replace(":record_id", "u1");
    const body = exampleOf(bodySchema);
    const there = await limited.call(method, address(other), body);
    const missing = await limited.call(method, address(nowhere), body);
    expect([404, 403], id).toContain(there.status);
    expect([there.status, there.body.detail.replace(other, nowhere)], id).toEqual([
      missing.status,
      missing.body.detail,
    ]);
  }
  expect((await admin.session(other, syncId)).status).toBe("in_progress");
});

test("a page for another app is refused although the session is cached", async () => {
  const syncId = await admin.start(other);
  expect((await admin.push(other, syncId, "account", accounts(1))).status).toBe(200);
  expect((await limited.push(other, syncId, "account", accounts(1))).status).toBe(404);
});
