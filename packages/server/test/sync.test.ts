import { describe, expect, test } from "vitest";
import { accounts, progressOf } from "./support/api.ts";
import { DATABASES } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

describe.each(DATABASES)("a sync on %s", async (kind) => {
  const { api } = await setUpBridge(kind);

  test("a page is staged: nobody sees it before the session ends", async () => {
    const app = await api.createApp();
    const syncId = await api.start(app);
    expect(await api.push(app, syncId, "account", accounts(2))).toMatchObject({
      status: 200,
      body: { total: 2, created: 2, updated: 0 },
    });
    expect(await api.records(app, "account")).toEqual([]);
    expect(progressOf(await api.session(app, syncId), "account")).toMatchObject({ synced_count: 2 });
  });

  test("complete makes the pushed records live, with every field", async () => {
    const app = await api.createApp();
    const alice = { id: "u1", email: "a@x", badge: { colour: "red" }, memberships: { team: [{ id: "g1" }] } };
    const session = await api.sync(app, [
      ["team", [{ id: "g1", name: "Engineering", cost_centre: 7 }]],
      ["account", [alice]],
    ]);
    expect(session).toMatchObject({ status: "completed", ended_at: expect.any(String) });
    const counts = { synced_count: 1, created: 1, updated: 0, removed: 0, refs_gained: 0, refs_lost: 0 };
    expect(session.progress).toEqual([
      { slug: "account", name: "Employee", type: "account", ...counts },
      { slug: "seat", name: "Seat", type: "license", ...counts, synced_count: 0, created: 0 },
      { slug: "team", name: "Team", type: "group", ...counts },
    ]);
    expect(await api.records(app, "account")).toEqual([
      { data: alice, status: "active", removed_at: null, stub: false },
    ]);
    expect(await api.data(app, "team")).toMatchObject([{ id: "g1", cost_centre: 7 }]);
  });

  test("complete makes records inactive that were not pushed, and a push brings them back", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(3)]]);
    const second = await api.sync(app, [["account", accounts(2)]]);
    expect(progressOf(second, "account")).toMatchObject({ synced_count: 2, created: 0, updated: 0, removed: 1 });
    expect((await api.records(app, "account")).at(2)).toMatchObject({
      data: { id: "u2", email: "u2@example.com" },
      status: "inactive",
      removed_at: expect.any(String),
    });
    const third = await api.sync(app, [["account", accounts(3)]]);
    expect(progressOf(third, "account")).toMatchObject({ synced_count: 3, created: 0, updated: 1, removed: 0 });
    expect((await api.records(app, "account")).at(2)).toMatchObject({ status: "active", removed_at: null });
  });

  test("abandon applies what was pushed and removes nothing; the response waits for the reconciliation", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(2)]]);
    const syncId = await api.start(app);
    await api.push(app, syncId, "account", [{ id: "u9", email: "new@x" }]);
    expect((await api.abandon(app, syncId)).status).toBe(204);
    expect(await api.activeIds(app, "account")).toEqual(["u0", "u1", "u9"]);
    expect(await api.session(app, syncId)).toMatchObject({ status: "abandoned" });
  });

  test("created and updated count against the records at the start, so a page sent twice returns the same", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(2)]]);
    const syncId = await api.start(app);
    const page = accounts(3);
    const expected = { status: 200, body: { total: 3, created: 1, updated: 2 } };
    expect(await api.push(app, syncId, "account", page)).toMatchObject(expected);
    expect(await api.push(app, syncId, "account", page)).toMatchObject(expected);
    expect(progressOf(await api.session(app, syncId), "account")).toMatchObject({ synced_count: 3 });
  });

  test("a removed record still counts as updated, and a stub as created", async () => {
    const app = await api.createApp();
    await api.sync(app, [
      ["account", [{ id: "u1", email: "x", memberships: { team: [{ id: "g1" }] } }, ...accounts(1)]],
    ]);
    await api.sync(app, [["account", [{ id: "u1", email: "x", memberships: { team: [{ id: "g1" }] } }]]]);
    const syncId = await api.start(app);
    expect((await api.push(app, syncId, "account", accounts(1))).body).toMatchObject({ created: 0, updated: 1 });
    expect((await api.push(app, syncId, "team", [{ id: "g1", name: "G" }])).body).toMatchObject({ created: 1 });
  });

  test("the later page wins, even if it is an earlier page sent again", async () => {
    const app = await api.createApp();
    const first = [{ id: "u1", email: "first@x" }];
    const second = [{ id: "u1", email: "second@x" }];
    const session = await api.sync(app, [
      ["account", first],
      ["account", second],
    ]);
    expect(await api.data(app, "account")).toMatchObject([{ email: "second@x" }]);
    expect(progressOf(session, "account")).toMatchObject({ synced_count: 1, created: 1 });
    await api.sync(app, [
      ["account", first],
      ["account", second],
      ["account", first],
    ]);
    expect(await api.data(app, "account")).toMatchObject([{ email: "first@x" }]);
  });

  test("a ref of a page counts even if a later page replaces the account", async () => {
    const app = await api.createApp();
    await api.sync(app, [
      ["account", [{ id: "u1", email: "x", memberships: { team: [{ id: "old" }] } }]],
      ["account", [{ id: "u1", email: "x", memberships: { team: [{ id: "new" }] } }]],
    ]);
    expect(await api.activeIds(app, "team")).toEqual(["new", "old"]);
    expect(await api.data(app, "account")).toMatchObject([{ memberships: { team: [{ id: "new" }] } }]);
  });

  test("the same id twice in a page gets 422 with the id", async () => {
    const app = await api.createApp();
    const response = await api.push(app, await api.start(app), "account", [...accounts(2), ...accounts(1)]);
    expect(response).toMatchObject({ status: 422, body: { detail: "Record 'u0': is in the page twice" } });
  });

  test("unchanged records are not rewritten", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(3)]]);
    const again = await api.sync(app, [["account", [...accounts(2), { id: "u2", email: "changed@x" }]]]);
    expect(progressOf(again, "account")).toMatchObject({ synced_count: 3, created: 0, updated: 1, removed: 0 });
  });

  test("an empty page is valid, and a type without any page loses its records on complete", async () => {
    const app = await api.createApp();
    await api.sync(app, [
      ["account", accounts(2)],
      ["team", [{ id: "g1", name: "G" }]],
    ]);
    const session = await api.sync(app, [["account", []]]);
    expect(session.status).toBe("completed");
    expect(await api.activeIds(app, "account")).toEqual([]);
    expect(await api.activeIds(app, "team")).toEqual([]);
  });

  describe("refs", () => {
    test("to records that were never pushed create stubs that count as present and are filled in later", async () => {
      const app = await api.createApp();
      const account = {
        id: "u1",
        email: "x",
        memberships: { team: [{ id: "g1", name: "Design" }, { id: "g2" }] },
        assignments: { seat: [{ id: "s1" }] },
      };
      const first = await api.sync(app, [["account", [account]]]);
      expect(await api.records(app, "team")).toEqual([
        { data: { id: "g1", name: "Design" }, status: "active", removed_at: null, stub: true },
        { data: { id: "g2" }, status: "active", removed_at: null, stub: true },
      ]);
      expect(progressOf(first, "team")).toMatchObject({ synced_count: 0, created: 0, removed: 0 });
      expect(await api.activeIds(app, "seat")).toEqual(["s1"]);

      const second = await api.sync(app, [
        ["account", [account]],
        ["team", [{ id: "g2", name: "Sales" }]],
      ]);
      expect(progressOf(second, "team")).toMatchObject({ synced_count: 1, created: 1, removed: 0 });
      expect(await api.records(app, "team")).toEqual([
        { data: { id: "g1", name: "Design" }, status: "active", removed_at: null, stub: true },
        { data: { id: "g2", name: "Sales" }, status: "active", removed_at: null, stub: false },
      ]);
    });

    test("never overwrite a pushed record, and bring back a removed one", async () => {
      const app = await api.createApp();
      await api.sync(app, [["team", [{ id: "g1", name: "Engineering" }]]]);
      await api.sync(app, [["account", accounts(1)]]);
      expect(await api.activeIds(app, "team")).toEqual([]);
      const account = { id: "u0", email: "x", memberships: { team: [{ id: "g1", name: "Other" }] } };
      await api.sync(app, [["account", [account]]], "abandon");
      expect(await api.records(app, "team")).toEqual([
        { data: { id: "g1", name: "Engineering" }, status: "active", removed_at: null, stub: false },
      ]);
    });

    test("that are gone leave an inactive stub", async () => {
      const app = await api.createApp();
      await api.sync(app, [["account", [{ id: "u1", email: "x", memberships: { team: [{ id: "g1" }] } }]]]);
      await api.sync(app, [["account", [{ id: "u1", email: "x" }]]]);
      expect(await api.records(app, "team")).toMatchObject([{ data: { id: "g1" }, status: "inactive", stub: true }]);
    });

    test("of an unknown slug or the wrong kind get 422 with record and slug", async () => {
      const app = await api.createApp();
      const syncId = await api.start(app);
      const push = (record: object) => api.push(app, syncId, "account", [{ id: "u1", email: "x", ...record }]);
      expect(await push({ memberships: { nonexistent: [] } })).toMatchObject({
        status: 422,
        body: { detail: "Record 'u1': unknown membership slug 'nonexistent'" },
      });
      expect(await push({ memberships: { seat: [{ id: "s1" }] } })).toMatchObject({
        status: 422,
        body: { detail: "Record 'u1': membership slug 'seat' is of type license, not group" },
      });
      expect((await push({ assignments: { team: [{ id: "g1" }] } })).body.detail).toBe(
        "Record 'u1': assignment slug 'team' is of type group, not license",
      );
      expect((await push({ memberships: { constructor: [] } })).status).toBe(422);
    });

    test("may name a type that was registered while the session is open", async () => {
      const app = await api.createApp();
      const syncId = await api.start(app);
      const push = (record: object) => api.push(app, syncId, "account", [{ id: "u1", email: "x", ...record }]);
      expect((await push({})).status).toBe(200);
      const roles = { memberships: { role: [{ id: "r1" }] } };
      expect((await push(roles)).status).toBe(422);
      await api.call("POST", `/apps/${app}/resource-types/`, { slug: "role", name: "Role", type: "group" });
      await api.call("POST", `/apps/${app}/resource-types/`, { slug: "plan", name: "Plan", type: "license" });
      expect((await push({ memberships: { plan: [] } })).body.detail).toBe(
        "Record 'u1': membership slug 'plan' is of type license, not group",
      );
      expect((await push(roles)).status).toBe(200);
    });
  });

  test("an account that was pushed inactive or suspended stays so, and is not removed", async () => {
    const app = await api.createApp();
    await api.sync(app, [
      [
        "account",
        [
          { id: "a", email: "x", status: "suspended" },
          { id: "b", email: "x", status: "inactive" },
        ],
      ],
    ]);
    expect(await api.records(app, "account")).toMatchObject([
      { data: { id: "a" }, status: "suspended", removed_at: null },
      { data: { id: "b" }, status: "inactive", removed_at: null },
    ]);
  });
});
