import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Bridge } from "../src/index.ts";
import { routes } from "../src/http/router.ts";
import { accounts, type Api, createApi } from "./support/api.ts";
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

test("a limited key makes no apps, nor clones of its own", async () => {
  for (const clone of [own, other, null])
    expect(await limited.call("POST", "/apps/", { name: "x", clone_from: clone })).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining("limited to some apps") },
    });
  expect((await admin.call("GET", "/apps/")).body.count).toBe(2);
});

// What a connector may call on an app, with a body that is valid.
const BODIES: Record<string, unknown> = {
  createResourceType: { slug: "role", name: "Role", type: "group" },
  pushPage: { records: accounts(1) },
  claimTasks: { runner: "r1" },
  reportTask: { status: "completed" },
};

test("any other app answers a limited key exactly as one that does not exist", async () => {
  await admin.sync(other, [["account", accounts(2)]]);
  const syncId = await admin.start(other);
  const { body: task } = await admin.call("POST", `/apps/${other}/tasks/`, {
    action: "delete_account",
    payload: { account: { id: "u1" } },
  });
  const nowhere = randomUUID();
  for (const { id, method, path, bodySchema } of routes()) {
    if (!path.includes(":app_id")) continue;
    const address = (app: string) =>
      path
        .replace("/api/v1/bridge", "")
        .replace(":app_id", app)
        .replace(":sync_id", syncId)
        .replace(":task_id", task.id)
        .replace(":slug", "account")
        .replace(":record_id", "u1");
    const body = bodySchema === undefined ? undefined : (BODIES[id] ?? {});
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

test("a page for another app is refused although the Bridge remembers its session", async () => {
  const syncId = await admin.start(other);
  expect((await admin.push(other, syncId, "account", accounts(1))).status).toBe(200);
  expect((await limited.push(other, syncId, "account", accounts(1))).status).toBe(404);
});
