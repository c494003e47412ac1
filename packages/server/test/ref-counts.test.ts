import { describe, expect, test } from "vitest";
import { createApi, progressOf, TYPES } from "./support/api.ts";
import { connect, DATABASES, openBridge } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

describe.each(DATABASES)("the refs that a session counts, on %s", async (kind) => {
  const { bridge, api } = await setUpBridge(kind);

  const team = (...ids: string[]) => ({ team: ids.map((id) => ({ id })) });
  const account = (id: string, access: object = {}) => ({ id, email: `${id}@example.com`, ...access });

  /** An app with an account in two teams and with a seat, and another one in a team. */
  async function createApp(): Promise<string> {
    const app = await api.createApp({ guard: null });
    const first = account("u1", { memberships: team("g1", "g2"), assignments: { seat: [{ id: "s1" }] } });
    await api.sync(app, [["account", [first, account("u2", { memberships: team("g1") })]]]);
    return app;
  }

  async function countsOf(app: string, records: readonly object[], end?: "complete" | "abandon") {
    const session = await api.sync(app, [["account", records]], end);
    return ["account", "team", "seat"].map((slug) => {
      const { refs_gained, refs_lost } = progressOf(session, slug) ?? {};
      return [refs_gained, refs_lost];
    });
  }

  test.each(["complete", "abandon"] as const)("are those of accounts that stay, when it ends by %s", async (end) => {
    const app = await createApp();
    const moved = account("u1", { memberships: team("g2", "g3", "g4") });
    const counts = await countsOf(app, [moved, account("u2", { memberships: team("g1") })], end);
    expect(counts).toEqual([
      [0, 0],
      [2, 1],
      [0, 1],
    ]);
  });

  test("are not those of accounts that come, go or come back", async () => {
    const app = await createApp();
    const stays = account("u2", { memberships: team("g1") });
    const none = [
      [0, 0],
      [0, 0],
      [0, 0],
    ];
    expect(await countsOf(app, [stays])).toEqual(none);
    expect(await countsOf(app, [stays, account("u1", { memberships: team("g7") }), account("u3")])).toEqual(none);
  });

  test("are not those that it does not know, nor a ref that is sent twice or in another order", async () => {
    const app = await createApp();
    const hidden = account("u1", { unknown_refs: ["team"], memberships: team("g9", "g1"), assignments: {} });
    const twice = account("u2", { memberships: team("g5", "g1", "g5") });
    expect(await countsOf(app, [hidden, twice])).toEqual([
      [0, 0],
      [2, 0],
      [0, 1],
    ]);
    const reordered = account("u2", { memberships: team("g1", "g5", "g5") });
    expect((await countsOf(app, [hidden, reordered]))[1]).toEqual([0, 0]);
  });

  test("are those of all parts of an account", async () => {
    const app = await createApp();
    const first = account("u1", { memberships: team("g1") });
    const more = account("u1", { continues: true, memberships: team("g4", "g5") });
    const session = await api.sync(app, [
      ["account", [first, account("u2", { memberships: team("g1") })]],
      ["account", [more]],
    ]);
    expect(progressOf(session, "team")).toMatchObject({ refs_gained: 2, refs_lost: 1 });
    const created = account("u3", { memberships: team("g6") });
    const rest = account("u3", { continues: true, memberships: team("g7", "g8") });
    const moved = account("u2", { memberships: team("g1", "g2") });
    const next = await api.sync(app, [["account", [first, more, moved, created, rest]]]);
    expect(progressOf(next, "team")).toMatchObject({ refs_gained: 1, refs_lost: 0 });
  });

  test("are not known while a session is open", async () => {
    const app = await createApp();
    const syncId = await api.start(app);
    await api.push(app, syncId, "account", [account("u1")]);
    expect(progressOf(await api.session(app, syncId), "team")).not.toHaveProperty("refs_lost");
    await api.abandon(app, syncId);
    await bridge.whenReconciled();
    expect(progressOf(await api.session(app, syncId), "team")).toMatchObject({ refs_gained: 0, refs_lost: 2 });
  });
});

test("are absent where an earlier version counted none", async () => {
  await using bridge = await openBridge("postgres");
  const api = await createApi(bridge);
  const app = await api.createApp();
  const { sync_id } = await api.sync(app, [["account", [{ id: "u1", email: "u1@example.com" }]]]);
  const before = [{ slug: "account", synced_count: 1, created: 1, updated: 0, removed: 0 }];
  await connect(bridge.database, async (client) => {
    await client.query("update sync_sessions set counts = $1 where id = $2", [JSON.stringify(before), sync_id]);
  });
  for (const { slug } of TYPES) {
    expect(progressOf(await api.session(app, sync_id), slug)).toMatchObject({ updated: 0 });
    expect(progressOf(await api.session(app, sync_id), slug)).not.toHaveProperty("refs_lost");
  }
});
