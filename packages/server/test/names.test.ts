import type { components } from "@bridgekit/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bridge, createBridge } from "../src/index.ts";
import { type Api, createApi } from "./support/api.ts";
import { createDatabase, DATABASES, silent } from "./support/open-bridge.ts";

type Schemas = components["schemas"];

const TEAMS = [
  { id: "1", name: "Engineering" },
  { id: "2", name: "Support" },
];
const before = {
  id: "u1",
  email: "ida@example.com",
  first_name: "Ida",
  last_name: "Roth",
  memberships: { team: [{ id: "1" }] },
};
// The last one has a name of its own, and the third none at all.
const after = { ...before, memberships: { team: [{ id: "2" }, { id: "3" }, { id: "4", name: "Sales" }] } };
const NAMED = [
  { slug: "team", id: "1", name: "Engineering" },
  { slug: "team", id: "2", name: "Support" },
];

describe.each(DATABASES)("what refs without a name are called, on %s", (kind) => {
  let drop: () => Promise<void>;
  let bridge: Bridge;
  let api: Api;
  let app: string;
  let sync: string;
  let task: string;
  beforeAll(async () => {
    const made = await createDatabase(kind);
    ({ drop } = made);
    bridge = await createBridge({ database: made.database, logger: silent, rateLimit: null });
    api = await createApi(bridge);
    app = await api.createApp();
    await api.sync(app, [
      ["team", TEAMS],
      ["account", [before]],
    ]);
    await api.sync(app, [
      ["team", TEAMS],
      ["account", [after]],
    ]);
    sync = (await api.call<Schemas["RecentChangeList"]>("GET", "/changes/")).body.changes[0]!.sync_id;
    const payload = {
      account: { id: "u1" },
      changes: { team: { added: [{ id: "1" }], removed: [{ id: "2" }, { id: "4", name: "Sales" }] } },
    };
    task = (await api.call("POST", `/apps/${app}/tasks/`, { action: "update_account", payload })).body.id;
  });
  afterAll(async () => {
    await bridge.close();
    await drop();
  });

  test("is said of those that a record gained and lost", async () => {
    const all = await api.call<Schemas["RecentChangeList"]>("GET", "/changes/?change=updated");
    expect(all.body.changes.map(({ ref_names }) => ref_names)).toEqual([NAMED]);
    const one = await api.call<Schemas["ChangeList"]>("GET", `/apps/${app}/sync/${sync}/changes/`);
    expect(one.body.changes.map(({ ref_names }) => ref_names)).toEqual([NAMED]);
  });

  test("is said of those that a task gives and takes, with the name of its account", async () => {
    const names = { account_name: "Ida Roth", ref_names: NAMED };
    expect((await api.call<Schemas["AppTaskList"]>("GET", "/tasks/")).body.tasks).toMatchObject([names]);
    expect((await api.call("GET", `/apps/${app}/tasks/${task}/`)).body).toMatchObject(names);
    const cancel = { task_ids: [task], preview: true };
    expect((await api.call("POST", `/apps/${app}/tasks/cancel/`, cancel)).body.items).toMatchObject([names]);
  });

  test("is not said of records of another app", async () => {
    const other = await api.createApp();
    const payload = { account: { id: "u1" }, changes: { team: { added: [{ id: "1" }] } } };
    const { body } = await api.call("POST", `/apps/${other}/tasks/`, { action: "update_account", payload });
    const read = await api.call("GET", `/apps/${other}/tasks/${body.id}/`);
    expect(read.body).not.toHaveProperty("account_name");
    expect(read.body).not.toHaveProperty("ref_names");
  });
});
