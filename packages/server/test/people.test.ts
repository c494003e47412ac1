import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import type { Bridge } from "../src/index.ts";
import { type Api, createApi } from "./support/api.ts";
import { DATABASES, openBridge } from "./support/open-bridge.ts";

type Schemas = components["schemas"];

describe.each(DATABASES)("people in all apps on %s", (kind) => {
  let bridge: Bridge;
  let api: Api;
  let first: string;
  let second: string;
  beforeAll(async () => {
    bridge = await openBridge(kind);
    api = await createApi(bridge);
    first = await api.createApp();
    second = await api.createApp();
    await api.sync(first, [
      ["team", [{ id: "ida", name: "Ida's team" }]],
      [
        "account",
        [
          { id: "1", email: "Ida.Roth@example.com", display_name: "Ida Roth" },
          { id: "2", email: "other@example.com", display_name: "Idan" },
        ],
      ],
    ]);
    await api.sync(second, [
      [
        "account",
        [
          { id: "ida", username: "IDA.ROTH@example.com" },
          { id: "x", email: "ida.roth@example.com.invalid" },
        ],
      ],
    ]);
    const elsewhere = await createApi(bridge);
    await elsewhere.sync(await elsewhere.createApp(), [["account", [{ id: "1", email: "ida.roth@example.com" }]]]);
    await bridge.whenIndexed();
  });
  afterAll(() => bridge.close());

  async function find(query: string): Promise<string[]> {
    const { status, body } = await api.call<Schemas["PersonAccountList"]>("GET", `/people/?${query}`);
    expect(status).toBe(200);
    return body.accounts.map(({ app_id, record }) => `${app_id === first ? "first" : "second"} ${record.data.id}`);
  }

  test("are found by id, email or username, in any case, and in no other organisation", async () => {
    expect((await find("email=ida.roth@EXAMPLE.com")).toSorted()).toEqual(["first 1", "second ida"]);
    expect(await find("email=ida.roth@example")).toEqual([]);
    expect(await find("email=ida")).toEqual(["second ida"]);
  });

  test("are found as the erasure would find them, whatever the alphabet, each once", async () => {
    const app = await api.createApp();
    const records = [
      { id: "capital", email: "ΝΙΚΟΣ.ΣΑΒΒΑΣ@example.com" },
      { id: "small", email: "νικος.σαββας@example.com", username: "νικοσ.σαββασ@example.com" },
      { id: "mixed", username: "Νίκος.Σάββας@example.com" },
      { id: "dotted", email: "İDİL@example.com" },
      { id: "plain", email: "idil@example.com" },
      { id: "ÑANDÚ@example.com", username: "ñ" },
    ];
    await api.sync(app, [["account", records]]);
    await bridge.whenIndexed();
    for (const email of ["ΝΙΚΟΣ.ΣΑΒΒΑΣ@example.com", "νικος.σαββας@EXAMPLE.com", "νικοσ.σαββασ@example.com"])
      expect((await find(`email=${encodeURIComponent(email)}`)).toSorted()).toEqual(["second capital", "second small"]);
    expect(await find(`email=${encodeURIComponent("İdİl@example.com")}`)).toEqual(["second dotted"]);
    expect(await find("email=IDIL@example.com")).toEqual(["second plain"]);
    expect(await find(`email=${encodeURIComponent("ñandú@example.com")}`)).toEqual(["second ÑANDÚ@example.com"]);
    expect(await find(`email=${encodeURIComponent("σ".repeat(60))}`)).toEqual([]);
    await api.call("DELETE", `/apps/${app}/`);
    await bridge.whenDeleted();
  });

  test("are found by what a text begins, each once, with the name of the app", async () => {
    expect((await find("text=ida")).toSorted()).toEqual(["first 1", "first 2", "second ida", "second x"]);
    const { body } = await api.call<Schemas["PersonAccountList"]>("GET", "/people/?text=idan");
    expect(body.accounts).toMatchObject([
      { app_id: first, app_name: "HR", slug: "account", record: { status: "active" } },
    ]);
  });

  test("are all listed if nothing is looked for, each once", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", [{ id: "blank", username: "zoe", display_name: "", last_name: "" }]]]);
    await bridge.whenIndexed();
    const { body } = await api.call<Schemas["PersonAccountList"]>("GET", "/people/");
    expect(body.accounts.map(({ record }) => record.data.id)).toEqual(["1", "2", "blank", "ida", "x"]);
    await api.call("DELETE", `/apps/${app}/`);
  });

  test("come a page at a time, each once, however many entries of the index lead to the same ones", async () => {
    const own = await createApi(bridge);
    const ids = Array.from({ length: 40 }, (_, index) => `a${index}`);
    const accounts = ids.map((id) => ({
      id,
      email: `b${id}@example.com`,
      username: `c${id}`,
      display_name: `d${id}`,
      last_name: `e${id}`,
    }));
    await own.sync(await own.createApp(), [["account", accounts]]);
    await bridge.whenIndexed();
    const found: string[] = [];
    let next: string | null = "/people/?limit=1";
    while (next !== null) {
      const { status, body }: { status: number; body: Schemas["PersonAccountList"] } = await own.call("GET", next);
      expect(status).toBe(200);
      found.push(...body.accounts.map(({ record }) => record.data.id));
      ({ next } = body);
    }
    expect(found).toEqual(ids.toSorted());
  });

  test("come a page at a time", async () => {
    const whole = await find("text=ida");
    const paged: string[] = [];
    for (let next: string | null = "/people/?text=ida&limit=1"; next !== null;) {
      const { body }: { body: Schemas["PersonAccountList"] } = await api.call("GET", next);
      paged.push(
        ...body.accounts.map(({ app_id, record }) => `${app_id === first ? "first" : "second"} ${record.data.id}`),
      );
      next = body.next;
    }
    expect(paged).toEqual(whole);
  });

  test("are not looked for by both, nor from a place of another list", async () => {
    for (const query of ["email=a@example.com&text=a", "text=a&cursor=WyJhIiwiYiIsImMiLCJkIl0"])
      expect((await api.call("GET", `/people/?${query}`)).status).toBe(400);
  });
});
