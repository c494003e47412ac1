import { afterAll, beforeAll, expect, test } from "vitest";
import type { Bridge } from "../src/index.ts";
import { accounts, type Api, createApi } from "./support/api.ts";
import { openBridge } from "./support/open-bridge.ts";

let bridge: Bridge;
let admin: Api;
let connector: Api;
let app: string;
beforeAll(async () => {
  bridge = await openBridge();
  admin = await createApi(bridge);
  app = await admin.createApp();
  connector = await createApi(bridge, { org: admin.slug, role: "connector", appIds: [app] });
  await admin.sync(app, [
    ["team", [{ id: "t1", name: "Team" }]],
    ["seat", [{ id: "s1", name: "Seat" }]],
    ["account", accounts(3)],
  ]);
});
afterAll(() => bridge.close());

const can = {
  connector: "chat",
  version: "1.2.0",
  actions: ["update_account", "create_account"],
  grantable: ["team"],
  advice: { suspend_account: "Take the seat away instead.", seat: "Order seats from the vendor." },
};
const announce = (body: object, appId = app) => connector.call("PUT", `/apps/${appId}/capabilities/`, body);
const order = (action: string, payload: object) =>
  admin.call("POST", `/apps/${app}/tasks/`, { action, payload: { account: { id: "u1" }, ...payload } });

test("an app shows what its connector can do, and its response announces the extension", async () => {
  const before = await connector.call("GET", `/apps/${app}/`);
  expect(before.body.capabilities).toBeNull();
  expect(before.headers.get("x-bridge-extensions")).toContain("capabilities");
  expect((await announce({ ...can, version: null })).status).toBe(204);
  expect((await announce({ ...can, invented: "later" })).status).toBe(204);
  expect((await connector.call("GET", `/apps/${app}/`)).body.capabilities).toEqual(can);
  const { entries } = (await admin.call("GET", `/audit/?app_id=${app}&limit=2`)).body;
  expect(entries.map(({ details }: { details: unknown }) => details)).toEqual([
    { before: { version: null }, after: { version: "1.2.0" } },
    { before: null, after: { ...can, version: null } },
  ]);
  expect((await announce(can, await admin.createApp())).status).toBe(404);
});

test("a task that the connector can't carry out is refused with its advice", async () => {
  await announce(can);
  const change = { added: [{ id: "s1" }], removed: [] };
  expect([
    await order("suspend_account", {}),
    await order("reset_password", {}),
    await order("update_account", { changes: { team: { added: [{ id: "t1" }] }, seat: change } }),
    await order("update_account", { changes: { seat: { removed: [{ id: "s1" }] } } }),
  ]).toMatchObject([
    {
      status: 422,
      body: {
        detail:
          "action: the connector chat 1.2.0 of this app does not offer suspend_account; it offers update_account, " +
          "create_account. Take the seat away instead.",
      },
    },
    {
      status: 422,
      body: { detail: expect.stringMatching(/does not offer reset_password.*Do it in the system itself\.$/) },
    },
    {
      status: 422,
      body: {
        detail:
          "payload.changes.seat.added: the connector chat 1.2.0 of this app does not give or take any 'seat'. " +
          "Order seats from the vendor.",
      },
    },
    { status: 422 },
  ]);
  expect((await order("update_account", { changes: { team: { added: [{ id: "t1" }] }, seat: {} } })).status).toBe(201);
  await announce({ ...can, actions: [], grantable: [], advice: {} });
  expect((await order("update_account", {})).body.detail).toContain("it offers no action.");
});

test("an app whose connector announced nothing accepts every task", async () => {
  const silent = await admin.createApp();
  await admin.sync(silent, [["account", accounts(2)]]);
  const task = { action: "suspend_account", payload: { account: { id: "u1" } } };
  expect((await admin.call("POST", `/apps/${silent}/tasks/`, task)).status).toBe(201);
});

test("the slug of the receipt is refused for a type, because its pages would have the same path", async () => {
  const type = { slug: "receipt", name: "Receipt", type: "group" };
  expect(await admin.call("POST", `/apps/${app}/resource-types/`, type)).toMatchObject({
    status: 422,
    body: { detail: expect.stringContaining('slug: "receipt"') },
  });
});
