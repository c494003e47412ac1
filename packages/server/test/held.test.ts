import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import type { Bridge } from "../src/index.ts";
import { type Api, createApi } from "./support/api.ts";
import { DATABASES, openBridge } from "./support/open-bridge.ts";

type Schemas = components["schemas"];

const TEAMS = ["lyon", "paris"].map((id) => ({ id, name: id.toUpperCase() }));

/** People of whom those from Lyon share a team, a domain and a field; every third has no cost centre. */
function people(count: number, first = 0): { id: string }[] {
  return Array.from({ length: count }, (_, index) => {
    const number = first + index;
    const city = number < 20 ? "lyon" : "paris";
    return {
      id: `p${String(number).padStart(3, "0")}`,
      email: `p${number}@${city}.example.com`,
      status: "active",
      city,
      ...(number % 3 !== 0 && { cost_centre: 7 }),
      memberships: { team: [{ id: city }] },
    };
  });
}

describe.each(DATABASES)("a held session on %s", (kind) => {
  let bridge: Bridge;
  let api: Api;
  beforeAll(async () => {
    bridge = await openBridge(kind);
    api = await createApi(bridge);
  });
  afterAll(() => bridge.close());

  const path = (app: string, syncId: string, call: string) => `/apps/${app}/sync/${syncId}/${call}/`;
  const explain = (app: string, syncId: string) =>
    api.call<Schemas["HeldExplanation"]>("GET", path(app, syncId, "held"));
  async function confirm(app: string, syncId: string, body?: object) {
    const response = await api.call("POST", path(app, syncId, "confirm"), body);
    await bridge.whenReconciled();
    return response;
  }

  /** 50 people, and a session that is held because it lacks the 20 from Lyon and their team. */
  async function holdLyon(): Promise<{ app: string; held: string }> {
    const app = await api.createApp();
    await api.sync(app, [
      ["team", TEAMS],
      ["account", people(50)],
    ]);
    const { sync_id: held } = await api.sync(app, [
      ["team", TEAMS.slice(1)],
      ["account", [Object.assign(people(1, 20)[0]!, { email: "new@example.com" }), ...people(29, 21)]],
    ]);
    return { app, held };
  }

  test("is explained by what the removed records have in common, the most significant first", async () => {
    const { app, held } = await holdLyon();
    const { status, body } = await explain(app, held);
    expect(status).toBe(200);
    expect(body.losses).toEqual([{ slug: "account", of: "records", live: 50, lost: 20 }]);
    expect(body.types).toHaveLength(1);
    const [{ slug, examined, traits }] = body.types as [Schemas["CommonTraits"]];
    expect({ slug, examined }).toEqual({ slug: "account", examined: { removed: 20, active: 50 } });
    expect(traits.slice(0, 3)).toEqual([
      { by: "email_domain", name: "email", value: "lyon.example.com", removed: 20, active: 20 },
      { by: "field", name: "city", value: "lyon", removed: 20, active: 20 },
      { by: "member_of", name: "team", value: "lyon", title: "LYON", removed: 20, active: 20 },
    ]);
    expect(traits).toContainEqual({ by: "field", name: "cost_centre", value: null, removed: 7, active: 17 });
    expect(body.refs).toEqual([]);
  });

  test("is explained by a sample if many records would be removed, not by those whose ids come first", async () => {
    const app = await api.createApp();
    const branch = (count: number, letter: string, city: string) =>
      Array.from({ length: count }, (_, index) => ({ id: `${letter}${index}`, username: `${letter}${index}`, city }));
    const staying = branch(20, "z", "nice");
    const pages = (all: object[]) =>
      Array.from({ length: Math.ceil(all.length / 100) }, (_, page): [string, object[]] => [
        "account",
        all.slice(page * 100, page * 100 + 100),
      ]);
    await api.sync(app, pages([...branch(1_000, "a", "lyon"), ...branch(300, "b", "paris"), ...staying]));
    const { sync_id: held } = await api.sync(app, pages(staying));
    const { body } = await explain(app, held);
    expect(body.losses).toMatchObject([{ lost: 1_300 }]);
    expect(body.types[0]?.examined).toEqual({ removed: 1_000, active: 1_000 });
    const cities = body.types[0]?.traits.filter(({ name }) => name === "city") ?? [];
    expect(cities.find(({ value }) => value === "paris")?.removed).toBeGreaterThan(100);
    expect((await explain(app, held)).body).toEqual(body);
  });

  test("is explained by the groups that lose most members", async () => {
    const app = await api.createApp();
    await api.sync(app, [
      ["team", TEAMS],
      ["account", people(50)],
    ]);
    const { sync_id: held } = await api.sync(app, [
      ["team", TEAMS],
      ["account", [...people(25).map((one) => Object.assign(one, { memberships: {} })), ...people(25, 25)]],
    ]);
    const { body } = await explain(app, held);
    expect(body.types).toEqual([]);
    expect(body.refs).toEqual([
      { slug: "team", id: "lyon", name: "LYON", lost: 20 },
      { slug: "team", id: "paris", name: "PARIS", lost: 5 },
    ]);
  });

  test("is the only kind of session that is explained", async () => {
    const app = await api.createApp();
    const { sync_id: done } = await api.sync(app, [["account", people(1)]]);
    expect(await explain(app, done)).toMatchObject({
      status: 409,
      body: { detail: "Nothing holds it. The session is completed; start a new one." },
    });
  });

  test("is confirmed except for some records, which stay with their refs and the targets of these until the next sync", async () => {
    const { app, held } = await holdLyon();
    const keep = [
      { slug: "account", id: "p003" },
      { slug: "account", id: "p020" },
    ];
    expect((await confirm(app, held, { keep })).status).toBe(202);
    const session = await api.session(app, held);
    expect(session).toMatchObject({
      status: "completed",
      kept: 2,
      confirmed_by: api.keyId,
      judgement: {
        guard: { max_share: 0.2, min_count: 10 },
        losses: [{ slug: "account", of: "records", live: 50, lost: 20 }],
      },
    });
    expect(session.progress.find(({ slug }) => slug === "account")).toMatchObject({ removed: 19, updated: 0 });
    const active = await api.activeIds(app, "account");
    expect(active).toHaveLength(31);
    expect(active).toContain("p003");
    expect(await api.activeIds(app, "team")).toEqual(["lyon", "paris"]);
    const data = await api.data(app, "account");
    expect(data.find(({ id }) => id === "p003")).toEqual(people(1, 3)[0]);
    expect(data.find(({ id }) => id === "p020")).toEqual(people(1, 20)[0]);
    const { body: changes } = await api.call("GET", `${path(app, held, "changes")}?limit=500`);
    expect(changes.changes.map(({ id }: { id: string }) => id)).not.toContain("p003");

    await api.sync(app, [
      ["team", TEAMS.slice(1)],
      ["account", people(30, 20)],
    ]);
    expect(await api.activeIds(app, "account")).toHaveLength(30);
    expect(await api.activeIds(app, "team")).toEqual(["paris"]);
  });

  test("has an audit entry with the number of kept records and the reason, without names", async () => {
    const { app, held } = await holdLyon();
    const { status } = await api.send("POST", path(app, held, "confirm"), {
      body: JSON.stringify({ keep: [{ slug: "account", id: "p001" }] }),
      headers: {
        "content-type": "application/json",
        "x-bridge-reason": encodeURIComponent("Ticket 42: Größe geprüft"),
      },
    });
    expect(status).toBe(202);
    await bridge.whenReconciled();
    const { body } = await api.call("GET", `/audit/?app_id=${app}&limit=1`);
    expect(body.entries).toMatchObject([
      {
        operation: "confirmSync",
        details: {
          before: { status: "error", error_code: "REMOVALS_HELD" },
          after: { status: "completing", kept: 1 },
          reason: "Ticket 42: Größe geprüft",
        },
      },
    ]);
    expect(JSON.stringify(body.entries)).not.toContain("p001");
  });

  test("refuses a reason that is not a text", async () => {
    const { app, held } = await holdLyon();
    const headers = { "x-bridge-reason": "%ff" };
    expect(await api.send("POST", path(app, held, "confirm"), { headers })).toMatchObject({
      status: 400,
      body: { detail: "X-Bridge-Reason: is not percent-encoded UTF-8 text" },
    });
  });

  test("is confirmed without a body or with an empty one, and not with an invalid one", async () => {
    const first = await holdLyon();
    const text = { body: "{}", headers: { "content-type": "text/plain" } };
    expect((await api.send("POST", path(first.app, first.held, "confirm"), text)).status).toBe(415);
    expect((await confirm(first.app, first.held)).status).toBe(202);
    const second = await holdLyon();
    expect((await confirm(second.app, second.held, {})).status).toBe(202);
    expect(await api.session(second.app, second.held)).not.toHaveProperty("kept");
  });

  test("keeps no record that it would not change", async () => {
    const { app, held } = await holdLyon();
    const refused = await confirm(app, held, {
      keep: [
        { slug: "account", id: "p001" },
        { slug: "account", id: "p040" },
      ],
    });
    expect(refused).toMatchObject({
      status: 422,
      body: { detail: "keep: the session neither removes nor updates account 'p040'" },
    });
    expect((await api.session(app, held)).status).toBe("error");
  });

  test("loses the person from its kept records by an erasure", async () => {
    const { app, held } = await holdLyon();
    expect((await api.call("POST", "/erasures/", { app_id: app, slug: "account", id: "p001" })).status).toBe(201);
    const refused = await confirm(app, held, { keep: [{ slug: "account", id: "p001" }] });
    expect(refused.status).toBe(422);
  });
});
