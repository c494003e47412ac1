import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import { openDatabase } from "../src/database/open-database.ts";
import { type Bridge, type BridgeOptions, createBridge } from "../src/index.ts";
import { deleteExpired } from "../src/retention/delete-expired.ts";
import { type Api, createApi } from "./support/api.ts";
import { createDatabase, DATABASES, openBridge, silent } from "./support/open-bridge.ts";

type MemberList = components["schemas"]["MemberList"];

const DAY_MS = 24 * 60 * 60 * 1000;

describe.each(DATABASES)("the members of a group at a time on %s", (kind) => {
  let bridge: Bridge;
  let api: Api;
  let time = Date.parse("2026-01-01T00:00:00Z");
  beforeAll(async () => {
    bridge = await openBridge(kind, { now: () => new Date(time) });
    api = await createApi(bridge);
  });
  afterAll(() => bridge.close());

  const of = (id: string, ...teams: string[]) => ({
    id,
    username: id,
    memberships: { team: teams.map((team) => ({ id: team })) },
  });

  /** A session an hour after the previous one; returns a time half an hour after it. */
  async function sync(app: string, users: readonly object[], end: "complete" | "abandon" = "complete") {
    time += 60 * 60_000;
    const { sync_id } = await api.sync(app, [["account", users]], end);
    return { at: new Date(time + 30 * 60_000).toISOString(), sync_id };
  }

  async function members(app: string, at?: string, limit = 500): Promise<string[]> {
    const found: string[] = [];
    const query = `?limit=${limit}${at === undefined ? "" : `&at=${at}`}`;
    for (let next: string | null = `/apps/${app}/records/team/t/members/${query}`; next !== null;) {
      const { status, body }: { status: number; body: MemberList } = await api.call("GET", next);
      expect(status).toBe(200);
      expect(body.members.length).toBeLessThanOrEqual(limit);
      found.push(
        ...body.members.map(({ record, is_member_now }) => `${record.data.id}${is_member_now ? "" : " left"}`),
      );
      next = body.next;
    }
    return found;
  }

  test.each([
    ["before the index follows", false],
    ["once it follows", true],
  ] as const)("are those who were in it then, %s", async (_name, isIndexed) => {
    const app = await api.createApp({ guard: null });
    const before = new Date(time).toISOString();
    const first = await sync(app, [of("stays", "t"), of("leaves", "t"), of("goes", "t"), of("joins"), of("back", "t")]);
    const second = await sync(app, [of("stays", "t", "x"), of("leaves"), of("joins", "t"), of("back")]);
    const third = await sync(app, [
      of("stays", "t"),
      of("leaves", "x"),
      of("joins", "t"),
      of("back", "t"),
      of("new", "t"),
    ]);
    if (isIndexed) await bridge.whenIndexed();
    expect(await members(app, before)).toEqual([]);
    for (const limit of [500, 1, 2]) {
      expect(await members(app, first.at, limit)).toEqual(["back", "goes", "stays", "leaves left"]);
      expect(await members(app, second.at, limit)).toEqual(["joins", "stays"]);
      expect(await members(app, third.at, limit)).toEqual(["back", "joins", "new", "stays"]);
      expect(await members(app, undefined, limit)).toEqual(["back", "joins", "new", "stays"]);
    }
  });

  test("are shown as they were, with the session that was the last one then", async () => {
    const app = await api.createApp({ guard: null });
    const first = await sync(app, [{ ...of("ida", "t"), status: "suspended", city: "Lyon" }]);
    await sync(app, [{ ...of("ida"), city: "Paris" }]);
    const { body } = await api.call("GET", `/apps/${app}/records/team/t/members/?at=${first.at}`);
    expect(body).toEqual({
      at: first.at,
      sync_id: first.sync_id,
      kept_since: null,
      members: [
        {
          slug: "account",
          record: {
            data: { ...of("ida", "t"), status: "suspended", city: "Lyon" },
            status: "suspended",
            removed_at: null,
            stub: false,
          },
          is_member_now: false,
        },
      ],
      next: null,
    });
  });

  test("are found by all pages, however many changes came since", async () => {
    const app = await api.createApp({ guard: null });
    const ids = Array.from({ length: 1_500 }, (_, index) => `u${String(index).padStart(4, "0")}`);
    const pages = (toRecord: (id: string) => object) =>
      Array.from(
        { length: 15 },
        (_, page) => ["account", ids.slice(page * 100, page * 100 + 100).map(toRecord)] as const,
      );
    time += 60_000;
    await api.sync(
      app,
      pages((id) => of(id, "t")),
    );
    const at = new Date(time).toISOString();
    time += 60_000;
    await api.sync(
      app,
      pages((id) => of(id, "x")),
    );
    expect(await members(app, at)).toEqual(ids.map((id) => `${id} left`));
    expect(await members(app)).toEqual([]);
  });

  test("of a license are those who had it, and an account has none", async () => {
    const app = await api.createApp({ guard: null });
    const { at } = await sync(app, [{ id: "ida", username: "ida", assignments: { seat: [{ id: "pro" }] } }]);
    await sync(app, [{ id: "ida", username: "ida" }]);
    const { body } = await api.call("GET", `/apps/${app}/records/seat/pro/members/?at=${at}`);
    expect(body.members).toMatchObject([{ record: { data: { id: "ida" } }, is_member_now: false }]);
    expect((await api.call("GET", `/apps/${app}/records/account/ida/members/`)).status).toBe(422);
    expect((await api.call("GET", `/apps/${app}/records/seat/none/members/`)).status).toBe(404);
  });

  test("are unknown before what is kept, and the response says since when they are known", async () => {
    const { database, drop } = await createDatabase(kind);
    const options = { database, logger: silent, now: () => new Date(time), retentionDays: null };
    const early = new Date(time).toISOString();
    let [org, app, since] = ["", "", ""];
    await withBridge(options, async (caller, opened) => {
      org = caller.slug;
      app = await caller.createApp({ guard: null });
      for (const [index, teams] of [["t"], [], ["t"]].entries()) {
        time += index * 30 * DAY_MS;
        if (index === 1) since = new Date(time).toISOString();
        await caller.sync(app, [["account", [of("ida", ...teams)]]]);
      }
      await opened.whenIndexed();
      const { body } = await caller.call("GET", `/apps/${app}/records/team/t/members/?at=${early}`);
      expect(body).toMatchObject({ kept_since: null, members: [{ record: { data: { id: "ida" } } }] });
    });
    const tables = await openDatabase(database, () => {});
    const cutoff = new Date(Date.parse(since) - 1);
    expect((await deleteExpired(tables.kysely, { cutoff })).sessions).toBe(1);
    await tables.close();
    await withBridge(
      options,
      async (caller) => {
        const ask = (at: string) => caller.call("GET", `/apps/${app}/records/team/t/members/?at=${at}`);
        expect((await ask(since)).body).toMatchObject({ kept_since: since, members: [] });
        const { status, body } = await ask(early);
        expect({ status, body }).toEqual({
          status: 422,
          body: { detail: `at: ${early} is before what is kept; members are known since ${since}.` },
        });
      },
      org,
    );
    await drop();
  });
});

async function withBridge(
  options: BridgeOptions,
  use: (api: Api, bridge: Bridge) => Promise<void>,
  org?: string,
): Promise<void> {
  const bridge = await createBridge(options);
  try {
    await use(await createApi(bridge, org === undefined ? {} : { org }), bridge);
  } finally {
    await bridge.close();
  }
}
