import type { components } from "@bridgekit/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bridge, createBridge, type DatabaseOptions } from "../src/index.ts";
import { type Api, createApi } from "./support/api.ts";
import { withAsk } from "./support/ask.ts";
import { createDatabase, DATABASES, silent } from "./support/open-bridge.ts";

type Page = components["schemas"]["AppTaskList"];

/** More than indexes find before a page looks at the tasks in their order. */
const MANY = 2_300;

const ACCOUNTS = [
  { id: "u1", email: "ida@example.com", first_name: "Ida", last_name: "Röth" },
  { id: "u2", username: "milo", display_name: "Milo Berg" },
];
const CREATED = { id: "%Ünal_1", email: "Noor@example.com", first_name: "Noor", last_name: "Haddad" };

describe.each(DATABASES)("tasks that a text finds on %s", (kind) => {
  let database: DatabaseOptions;
  let drop: () => Promise<void>;
  let bridge: Bridge;
  let api: Api;
  let app: string;
  const ids = new Map<string, string>();
  beforeAll(async () => {
    ({ database, drop } = await createDatabase(kind));
    await open();
    api = await createApi(bridge);
    app = await fill(api);
    ids.set(await create(api, app, "suspend_account", { id: "u1" }), "suspended");
    ids.set(await create(api, app, "reset_password", { id: "u2" }), "changed");
    ids.set(await create(api, app, "create_account", CREATED), "created");
    const other = await createApi(bridge);
    const foreign = await fill(other);
    await create(other, foreign, "suspend_account", { id: "u1" });
    await bridge.whenIndexed();
  });
  afterAll(async () => {
    await bridge.close();
    await drop();
  });

  async function open(): Promise<void> {
    bridge = await createBridge({ database, logger: silent, rateLimit: null });
  }

  async function fill(caller: Api): Promise<string> {
    const id = await caller.createApp();
    await caller.sync(id, [["account", ACCOUNTS]]);
    return id;
  }

  async function create(caller: Api, appId: string, action: string, account: object): Promise<string> {
    const { status, body } = await caller.call("POST", `/apps/${appId}/tasks/`, { action, payload: { account } });
    expect(status).toBe(201);
    return body.id;
  }

  async function find(text: string, more = ""): Promise<(string | undefined)[]> {
    const { status, body } = await api.call<Page>("GET", `/tasks/?text=${encodeURIComponent(text)}${more}`);
    expect(status).toBe(200);
    return body.tasks.map(({ task }) => ids.get(task.id));
  }

  test.each([
    ["the id of the account", "U1", ["suspended"]],
    ["a name of its record", "rÖ", ["suspended"]],
    ["its email", "IDA@", ["suspended"]],
    ["a name that begins with its first name", "milo b", ["changed"]],
    ["what a task creates", "noor", ["created"]],
    ["the last name of what it creates", "HADD", ["created"]],
    ["an id that is no record's", "%üN", ["created"]],
    ["what several have", "u", ["changed", "suspended"]],
    ["a part of a name", "berg", []],
    ["a pattern", "%i", []],
  ])("are those of %s", async (_what, text, found) => {
    expect(await find(text)).toEqual(found);
  });

  test("name the account as its record does", async () => {
    const { body } = await api.call<Page>("GET", `/tasks/?app_id=${app}`);
    expect(body.tasks.map(({ task, account_name }) => [ids.get(task.id), account_name])).toEqual([
      ["created", undefined],
      ["changed", "Milo Berg"],
      ["suspended", "Ida Röth"],
    ]);
  });

  test("are the one of which the id begins with it", async () => {
    const [[id]] = [...ids] as [[string, string]];
    expect(await find(id)).toEqual(["suspended"]);
    expect(await find(id.slice(0, 8).toUpperCase())).toEqual(["suspended"]);
    expect(await find(id.slice(0, 7))).toEqual([]);
  });

  test("are filtered further, and by app", async () => {
    expect(await find("u", "&state=pending")).toEqual(["changed", "suspended"]);
    expect(await find("u", "&state=failed")).toEqual([]);
    expect(await find("u", "&action=reset_password")).toEqual(["changed"]);
    expect(await find("u", `&app_id=${await api.createApp()}`)).toEqual([]);
    expect(await find("u", `&app_id=${app}`)).toEqual(["changed", "suspended"]);
  });

  test("are those of an account under the id that the system gave it", async () => {
    const [id] = [...ids].find(([, name]) => name === "created")!;
    const report = { status: "completed", result: { account: { id: "u2" } } };
    expect((await api.call("PATCH", `/apps/${app}/tasks/${id}/status/`, report)).status).toBe(200);
    expect(await find("milo")).toEqual(["created", "changed"]);
  });

  test("are each on one page, however many there are", async () => {
    await bridge.close();
    await withAsk(database, (ask) =>
      ask(
        `insert into tasks (id, app_id, sequence, action, payload, account_id, execute_after, is_scheduled, created_at)
        select gen_random_uuid(), $1::uuid, 1000 + n, 'suspend_account', '{"account": {"id": "many"}}',
          case when n % 3 = 0 then 'many' else 'Many-more' end, date_trunc('milliseconds', now()) - interval '1 hour', false, now()
        from generate_series(1, ${MANY}) n`,
        [app],
      ),
    );
    await open();
    api = await createApi(bridge, { org: api.slug });
    const seen: string[] = [];
    let pages = 0;
    for (let next: string | null = `/tasks/?text=MANY&limit=100`; next !== null; pages++) {
      const { body }: { body: Page } = await api.call<Page>("GET", next);
      seen.push(...body.tasks.map(({ task }) => task.id));
      next = body.next;
    }
    expect(seen.length).toBe(MANY);
    expect(new Set(seen).size).toBe(MANY);
    expect(pages).toBeLessThan(MANY / 100 + 4);
    expect(await find("m", "&action=reset_password")).toEqual(["changed"]);
  });
});
