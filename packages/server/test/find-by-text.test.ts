import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import type { Bridge } from "../src/index.ts";
import { type Api, createApi } from "./support/api.ts";
import { DATABASES, openBridge } from "./support/open-bridge.ts";

type Schemas = components["schemas"];

describe.each(DATABASES)("what a text finds on %s", (kind) => {
  let bridge: Bridge;
  let api: Api;
  let app: string;
  let time = Date.parse("2026-01-01T00:00:00Z");
  const tasks: Record<string, string> = {};
  beforeAll(async () => {
    bridge = await openBridge(kind, { now: () => new Date(time++) });
    api = await createApi(bridge);
    app = await fill(api);
    for (const account of ["e1", "e1", "x-99"]) tasks[account] = await createTask(api, app, account);
    const elsewhere = await createApi(bridge);
    await createTask(elsewhere, await fill(elsewhere), "e1");
    await bridge.whenIndexed();
  });
  afterAll(() => bridge.close());

  async function fill(caller: Api): Promise<string> {
    const id = await caller.createApp();
    await caller.sync(id, [
      [
        "team",
        [
          { id: "g1", name: "Engineering" },
          { id: "eng-2", name: "Night shift" },
        ],
      ],
      ["seat", [{ id: "s1", name: "Engine license" }]],
      [
        "account",
        [
          { id: "e1", email: "Enginieur@example.com" },
          { id: "x-99", username: "other" },
        ],
      ],
    ]);
    return id;
  }

  async function createTask(caller: Api, appId: string, account: string): Promise<string> {
    const order = { action: "suspend_account", payload: { account: { id: account } } };
    const { status, body } = await caller.call("POST", `/apps/${appId}/tasks/`, order);
    expect(status).toBe(201);
    return body.id;
  }

  async function find(text: string, more = "") {
    const { status, body } = await api.call<Schemas["Finds"]>("GET", `/find/?text=${encodeURIComponent(text)}${more}`);
    expect(status).toBe(200);
    const ids = (rows: Schemas["FoundRecord"][]) => rows.map(({ record }) => record.data.id);
    return {
      accounts: ids(body.accounts),
      groups: ids(body.groups),
      licenses: ids(body.licenses),
      tasks: body.tasks.map(({ task }) => task.payload.account.id),
    };
  }

  test("are accounts, groups and licenses by a name or id, with the tasks of these accounts", async () => {
    expect(await find("ENG")).toEqual({
      accounts: ["e1"],
      groups: ["eng-2", "g1"],
      licenses: ["s1"],
      tasks: ["e1", "e1"],
    });
    expect(await find("nothing")).toEqual({ accounts: [], groups: [], licenses: [], tasks: [] });
    expect(await find("%")).toEqual({ accounts: [], groups: [], licenses: [], tasks: [] });
  });

  test("are tasks by the beginning of their id, or of the id of their account", async () => {
    const id = tasks["x-99"]!;
    for (const text of [id, id.toUpperCase(), id.slice(0, 8), id.slice(0, 9), id.slice(0, 21)])
      expect((await find(text)).tasks, text).toEqual(["x-99"]);
    for (const text of [id.slice(0, 7), `${id.slice(0, 8)}-zzzz`, `${id.slice(0, 8)}--`, `${id}0`])
      expect((await find(text)).tasks, text).toEqual([]);
    expect((await find("x-9")).tasks).toEqual(["x-99"]);
  });

  test("are the first few of each sort, the newest tasks first", async () => {
    expect(await find("e", "&limit=1")).toEqual({
      accounts: ["e1"],
      groups: ["eng-2"],
      licenses: ["s1"],
      tasks: ["e1"],
    });
    const { body } = await api.call<Schemas["Finds"]>("GET", "/find/?text=e1");
    const moments = body.tasks.map(({ task }) => task.created_at);
    expect(moments).toEqual(moments.toSorted().toReversed());
    expect(body.tasks.map(({ app_id, app_name }) => ({ app_id, app_name }))).toEqual([
      { app_id: app, app_name: "HR" },
      { app_id: app, app_name: "HR" },
    ]);
  });
});
