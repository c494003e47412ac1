import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bridge } from "../src/index.ts";
import { toCsvRow } from "../src/exports/csv.ts";
import { accounts, type Api, createApi } from "./support/api.ts";
import { DATABASES, openBridge } from "./support/open-bridge.ts";

test.each([
  ["plain", "plain"],
  ['say "no", twice', '"say ""no"", twice"'],
  ["two\nlines", '"two\nlines"'],
  ["=1+1", "'=1+1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["+49 1", "'+49 1"],
  ["-2", "'-2"],
  ["\t=1", "'\t=1"],
  [" =1", "' =1"],
  ["\uFF1D1", "'\uFF1D1"],
  ["\u200B=1", "'\u200B=1"],
  ["\r=1", '"\'\r=1"'],
  [-2, "-2"],
  [null, ""],
  [true, "true"],
] as const)("a cell %j is written so that no spreadsheet executes it", (value, written) => {
  expect(toCsvRow([value, "x"])).toBe(`${written},x\r\n`);
});

describe.each(DATABASES)("exports on %s", (kind) => {
  let bridge: Bridge;
  let api: Api;
  let app: string;
  beforeAll(async () => {
    bridge = await openBridge(kind);
    api = await createApi(bridge);
    app = await api.createApp();
    const [first, ...others] = accounts(1_201);
    await api.sync(app, [
      ["team", [{ id: "t1", name: "One" }]],
      ["seat", [{ id: "s1", name: "Pro", max_count: 5 }]],
      ...Array.from({ length: 12 }, (_, page) => ["account", others.slice(page * 100, page * 100 + 100)] as const),
      [
        "account",
        [
          {
            ...first!,
            display_name: "=cmd()",
            city: "Lyon",
            memberships: { team: [{ id: "t1" }, { id: "t2" }] },
            assignments: { seat: [{ id: "s1" }] },
          },
        ],
      ],
    ]);
    await bridge.whenIndexed();
  });
  afterAll(() => bridge.close());

  async function read(path: string, by = api): Promise<{ status: number; type: string | null; text: string }> {
    const headers = { authorization: `Api-Key ${by.key}` };
    const response = await bridge.fetch(new Request(`${by.base}${path}`, { headers }));
    // The mark at the beginning is a part of what is tested.
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer());
    return { status: response.status, type: response.headers.get("content-type"), text };
  }

  test("apps, syncs and changes come as tables, or as they are returned elsewhere", async () => {
    const own = await createApi(bridge);
    const named = (await own.call("POST", "/apps/", { name: "=HR" })).body.id;
    await own.call("POST", `/apps/${named}/resource-types/`, { slug: "account", name: "User", type: "account" });
    await own.sync(named, [["account", [{ id: "u1", email: "u1@example.com", username: "+u1" }]]]);
    const rows = async (path: string) => {
      const { status, type, text } = await read(path, own);
      expect({ path, status, type }).toEqual({ path, status: 200, type: "text/csv" });
      return text.split("\r\n").slice(0, -1);
    };
    const apps = await rows("/apps/export/");
    expect(apps[0]).toMatch(/^\uFEFFapp_id,name,created_at,state,/);
    expect(apps[1]).toMatch(new RegExp(`^${named},'=HR,[^,]+,in_step,`));
    const group = (await own.call("GET", `/apps/${named}/`)).body.clone_group as string;
    expect(await rows(`/apps/export/?clone_group=${group}`)).toHaveLength(2);
    expect(await rows(`/apps/export/?clone_group=${named}`)).toHaveLength(1);
    const syncs = await rows(`/apps/${named}/sync/export/`);
    expect(syncs[0]).toMatch(/^\uFEFFsync_id,status,.*,read,created,updated,removed,refs_gained,refs_lost,/);
    expect(syncs[1]).toMatch(/,completed,[^,]+,[^,]+,[^,]+,1,1,0,0,0,0,/);
    const changes = await rows("/changes/export/?change=created");
    expect(changes[0]).toBe("\uFEFFat,app_id,sync_id,change,slug,id,email,username,name,before,after");
    expect(changes[1]).toMatch(/,created,account,u1,u1@example.com,'\+u1,,,"\{/);
    expect(changes).toHaveLength(2);
    expect(await rows("/changes/export/?change=removed")).toHaveLength(1);

    const lines = async (path: string) =>
      (await read(path, own)).text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown);
    const page = async (path: string) => (await own.call("GET", path)).body;
    expect(await lines("/apps/export/?format=json")).toEqual((await page("/overview/")).apps);
    expect(await lines(`/apps/${named}/sync/export/?format=json`)).toEqual(
      (await page(`/apps/${named}/sync/`)).sessions,
    );
    expect(await lines("/changes/export/?format=json")).toEqual((await page("/changes/")).changes);
  });

  test("changes of many sessions and records are all exported", async () => {
    const { text } = await read(`/changes/export/?app_id=${app}`);
    expect(text.trim().split("\r\n")).toHaveLength(1 + 1_201 + 2);
  });

  test("records come as a table, with a column for each type of group and license and the rest as JSON", async () => {
    const { status, type, text } = await read(`/apps/${app}/export/account/?member_of=team:t1`);
    expect({ status, type }).toEqual({ status: 200, type: "text/csv" });
    expect(text).toBe(
      "\uFEFFid,status,removed_at,email,username,first_name,last_name,display_name,seat,team,other\r\n" +
        `u0,active,,u0@example.com,,,,'=cmd(),s1,t1; t2,"{""city"":""Lyon""}"\r\n`,
    );
    expect((await read(`/apps/${app}/export/seat/`)).text.split("\r\n")).toEqual([
      "\uFEFFid,status,removed_at,name,description,max_count,used_count,is_paid,is_unlimited,other",
      "s1,active,,Pro,,5,,,,",
      "",
    ]);
  });

  test("all pages of a list are exported, as they are read elsewhere", async () => {
    const { type, text } = await read(`/apps/${app}/export/account/?format=json`);
    expect(type).toBe("application/x-ndjson");
    const lines = text.trimEnd().split("\n");
    expect(lines).toHaveLength(1_201);
    const { body } = await api.call("GET", `/apps/${app}/records/account/u0/`);
    expect(lines.map((line) => JSON.parse(line) as object)).toContainEqual(body);
    expect((await read(`/apps/${app}/export/account/?format=json&text=u1`)).text.trimEnd().split("\n")).toHaveLength(
      312,
    );
  });

  test("the audit trail is exported with reasons and changes", async () => {
    const headers = { "content-type": "application/json", "x-bridge-reason": "-ticket" };
    await api.send("PATCH", `/apps/${app}/`, { body: JSON.stringify({ name: "HR 2" }), headers });
    const { text } = await read(`/audit/export/?app_id=${app}`);
    const [title, newest] = text.split("\r\n");
    expect(title).toBe("\uFEFFat,key_id,key_name,operation,path,app_id,status,request_id,refusals,reason,before,after");
    expect(newest).toMatch(/,updateApp,.*,200,[^,]+,,'-ticket,"{""name"":""HR""}","{""name"":""HR 2""}"$/);
    const json = await read(`/audit/export/?format=json&key_id=${api.keyId}`);
    const entries = json.text.trimEnd().split("\n");
    const { body } = await api.call("GET", `/audit/?limit=500&key_id=${api.keyId}`);
    expect(entries.map((line) => JSON.parse(line) as object)).toEqual(body.entries);
  });

  test("an export breaks off once its key is revoked", async () => {
    const { id, key } = await bridge.createKey({ org: api.slug, name: "leaver", role: "auditor" });
    const headers = { authorization: `Api-Key ${key}` };
    const { body } = await bridge.fetch(new Request(`${api.base}/apps/${app}/export/account/`, { headers }));
    const reader = body!.getReader();
    await reader.read();
    expect(new TextDecoder().decode((await reader.read()).value)).toContain("u0@example.com");
    expect((await api.call("DELETE", `/keys/${id}/`)).status).toBe(204);
    await expect(reader.read()).rejects.toThrow("was revoked");
  });

  test("an export that its reader ends makes room for others", async () => {
    const limited = await openBridge("pglite", { keyLimits: { streams: 1 } });
    try {
      const one = await createApi(limited);
      const own = await one.createApp();
      await one.sync(own, [["account", accounts(3)]]);
      const open = () =>
        limited.fetch(
          new Request(`${one.base}/apps/${own}/export/account/`, { headers: { authorization: `Api-Key ${one.key}` } }),
        );
      const first = await open();
      expect((await open()).status).toBe(429);
      await first.body?.cancel();
      const next = await open();
      expect(next.status).toBe(200);
      expect(await next.text()).toContain("u2@example.com");
      expect((await open()).status).toBe(200);
    } finally {
      await limited.close();
    }
  });

  test("a reader who leaves in the middle of a page is no failure to be warned of", async () => {
    const lines: string[] = [];
    const logger = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
    const watched = await openBridge(kind, { logger });
    try {
      const one = await createApi(watched);
      const own = await one.createApp();
      const headers = { authorization: `Api-Key ${one.key}` };
      const { body } = await watched.fetch(new Request(`${one.base}/apps/${own}/export/account/`, { headers }));
      const reader = body!.getReader();
      const reading = reader.read();
      await reader.cancel();
      expect((await reading).done).toBe(true);
      expect(lines).toEqual([]);
    } finally {
      await watched.close();
    }
  });

  test("a type that the app does not have returns 404, and a connector may not export", async () => {
    expect((await read(`/apps/${app}/export/nothing/`)).status).toBe(404);
    const connector = await createApi(bridge, { org: api.slug, role: "connector" });
    expect((await read(`/apps/${app}/export/account/`, connector)).status).toBe(403);
  });
});
