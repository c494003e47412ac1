import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import type { Bridge } from "../src/index.ts";
import { type Api, createApi } from "./support/api.ts";
import { DATABASES, openBridge } from "./support/open-bridge.ts";

type SeatHistory = components["schemas"]["SeatHistory"];

describe.each(DATABASES)("the seats of a license on %s", (kind) => {
  let bridge: Bridge;
  let api: Api;
  let time = Date.parse("2026-01-01T00:00:00Z");
  beforeAll(async () => {
    bridge = await openBridge(kind, { now: () => new Date(time) });
    api = await createApi(bridge);
  });
  afterAll(() => bridge.close());

  const user = (id: string, isAssigned = true) => ({
    id,
    username: id,
    ...(isAssigned && { assignments: { seat: [{ id: "pro" }] } }),
  });

  async function seats(app: string, query = ""): Promise<SeatHistory> {
    const { status, body } = await api.call("GET", `/apps/${app}/records/seat/pro/seats/${query}`);
    expect(status).toBe(200);
    return body;
  }

  /** A session one minute after the previous one. */
  async function sync(app: string, license: object | undefined, users: readonly object[] = []) {
    time += 60_000;
    const licenses = license === undefined ? [] : [{ id: "pro", name: "Pro", ...license }];
    const { sync_id } = await api.sync(app, [
      ["seat", licenses],
      ["account", users],
    ]);
    await bridge.whenIndexed();
    return { at: new Date(time).toISOString(), sync_id };
  }

  const open = { is_unlimited: false, is_removed: false };

  test("are known each time they changed, with who has the license now", async () => {
    const app = await api.createApp({ guard: null });
    const first = await sync(app, { max_count: 10, used_count: 2 }, [user("a"), user("b")]);
    await sync(app, { max_count: 10, used_count: 2, description: "the same seats" }, [user("a"), user("b")]);
    const third = await sync(app, { max_count: 10, used_count: 3 }, [
      user("a"),
      user("b", false),
      user("c"),
      user("d"),
    ]);
    const fourth = await sync(app, { max_count: 0 }, [user("a"), user("c")]);
    expect(await seats(app)).toEqual({
      assigned_count: 2,
      count_is_exact: true,
      points: [
        { ...fourth, ...open, seats: 0, used: null, is_unlimited: true },
        { ...third, ...open, seats: 10, used: 3 },
        { ...first, ...open, seats: 10, used: 2 },
      ],
      next: null,
    });
  });

  test("end when the license is removed, and begin again when it comes back", async () => {
    const app = await api.createApp({ guard: null });
    const first = await sync(app, { max_count: 5 });
    const second = await sync(app, undefined);
    const third = await sync(app, { max_count: 5 });
    expect((await seats(app)).points).toEqual([
      { ...third, ...open, seats: 5, used: null },
      { ...second, ...open, seats: 5, used: null, is_removed: true },
      { ...first, ...open, seats: 5, used: null },
    ]);
  });

  test("come in pages that together are complete", async () => {
    const app = await api.createApp({ guard: null });
    for (const used of [1, 2, 2, 3, 4, 4, 5])
      await sync(app, { used_count: used, description: `at ${(time += 60_000)}` });
    const whole = await seats(app);
    expect(whole.points.map(({ used }) => used)).toEqual([5, 4, 3, 2, 1]);
    const paged: SeatHistory["points"] = [];
    for (let next: string | null = `/apps/${app}/records/seat/pro/seats/?limit=2`; next !== null;) {
      const { body }: { body: SeatHistory } = await api.call("GET", next);
      paged.push(...body.points);
      next = body.next;
    }
    expect(paged).toEqual(whole.points);
    expect((await api.call("GET", `/apps/${app}/records/seat/pro/seats/?cursor=WyJ4Il0`)).status).toBe(400);
  });

  test("of a license that only refs name are unknown, and a group has none", async () => {
    const app = await api.createApp();
    const { sync_id } = await api.sync(app, [["account", [user("a")]]]);
    expect(sync_id).toBeDefined();
    await bridge.whenIndexed();
    expect(await seats(app)).toMatchObject({
      assigned_count: 1,
      points: [{ at: null, sync_id: null, seats: null, used: null, is_unlimited: false }],
    });
    await api.sync(app, [["team", [{ id: "t", name: "T" }]]]);
    const { status, body } = await api.call("GET", `/apps/${app}/records/team/t/seats/`);
    expect({ status, body }).toEqual({
      status: 422,
      body: { detail: '"team" is a type of groups; only licenses have seats.' },
    });
  });
});
