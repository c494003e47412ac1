import { describe, expect, test } from "vitest";
import { DATABASES } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

describe.each(DATABASES)("unknown refs, on %s", async (kind) => {
  const { bridge, api } = await setUpBridge(kind);

  const u1 = { id: "u1", email: "u1@example.com" };
  const hidden = { ...u1, unknown_refs: ["team"] };
  const team = (...ids: string[]) => ({ team: ids.map((id) => ({ id })) });
  const named = (...ids: string[]) => ids.map((id) => ({ id, name: `Team ${id}` }));
  const full = {
    ...u1,
    memberships: { team: [{ id: "g1", name: "Team g1" }, { id: "g2" }] },
    assignments: { seat: [{ id: "s1" }] },
  };

  /** An app with an account that is in two teams and has a seat. */
  async function createApp(): Promise<string> {
    const app = await api.createApp({ guard: null });
    await api.sync(app, [
      ["team", named("g1", "g2")],
      ["account", [full]],
    ]);
    return app;
  }

  const recordOf = async (app: string) => (await api.data(app, "account"))[0];

  test("are announced in the response to a start", async () => {
    const { headers } = await api.call("POST", `/apps/${await api.createApp()}/sync/`);
    expect(headers.get("x-bridge-extensions")?.split(", ")).toContain("unknown-refs");
  });

  test.each(["complete", "abandon"] as const)("stay as they are when a session ends by %s", async (end) => {
    const app = await createApp();
    const session = await api.sync(app, [["account", [{ ...hidden, assignments: { seat: [] } }]]], end);
    expect(await recordOf(app)).toMatchObject({ memberships: full.memberships, assignments: { seat: [] } });
    expect(await recordOf(app)).not.toHaveProperty("unknown_refs");
    expect(session.progress.find(({ slug }) => slug === "account")).toMatchObject({ updated: 1 });
  });

  test("keep what they point to, even if its type is pushed without it", async () => {
    const app = await createApp();
    await api.sync(app, [
      ["team", named("g1")],
      ["account", [hidden]],
    ]);
    expect(await api.activeIds(app, "team")).toEqual(["g1", "g2"]);
    // The seat was not unknown, so it is lost, and nothing keeps it.
    expect(await api.activeIds(app, "seat")).toEqual([]);
    await api.sync(app, [
      ["team", named("g1")],
      ["account", [u1]],
    ]);
    expect(await api.activeIds(app, "team")).toEqual(["g1"]);
  });

  test("are joined by the refs pushed beside them, each once", async () => {
    const app = await createApp();
    const pushed = {
      team: [
        { id: "g3", name: "New" },
        { id: "g1", name: "Other" },
      ],
    };
    await api.sync(app, [["account", [{ ...hidden, memberships: pushed }]]]);
    expect(await recordOf(app)).toMatchObject({
      memberships: { team: [...full.memberships.team, { id: "g3", name: "New" }] },
    });
    expect(await api.activeIds(app, "team")).toEqual(["g1", "g2", "g3"]);
  });

  test("are no change if everything else stayed the same, however often they are pushed", async () => {
    const app = await createApp();
    const pushed = { ...full, unknown_refs: ["team"], memberships: {} };
    for (const record of [pushed, pushed, full, pushed, { ...full, unknown_refs: ["seat", "team"] }]) {
      const { progress } = await api.sync(app, [["account", [record]]]);
      expect(progress.find(({ slug }) => slug === "account")).toMatchObject({ synced_count: 1, updated: 0 });
    }
    expect(await recordOf(app)).toMatchObject(full);
  });

  test("are no change if the other refs come in another order", async () => {
    const app = await createApp();
    const before = await api.records(app, "account");
    const pushed = { ...full, memberships: team("g2", "g1"), assignments: {}, unknown_refs: ["seat"] };
    const named = { ...pushed, memberships: { team: full.memberships.team.toReversed() } };
    const session = await api.sync(app, [["account", [named]]]);
    expect(session.progress.find(({ slug }) => slug === "account")).toMatchObject({ created: 0, updated: 0 });
    expect(await api.records(app, "account")).toEqual(before);
    const changed = await api.sync(app, [["account", [{ ...pushed, memberships: team("g2") }]]]);
    expect(changed.progress.find(({ slug }) => slug === "account")).toMatchObject({ created: 0, updated: 1 });
  });

  test("of a new account are those that are pushed", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", [{ ...hidden, memberships: team("g1"), unknown_refs: ["team", "seat"] }]]]);
    expect(await recordOf(app)).toMatchObject({ memberships: team("g1") });
    expect(await recordOf(app)).not.toHaveProperty("unknown_refs");
  });

  test("of an account that comes back are those that it had", async () => {
    const app = await createApp();
    await api.sync(app, []);
    expect(await api.activeIds(app, "team")).toEqual([]);
    await api.sync(app, [["account", [hidden]]]);
    expect(await recordOf(app)).toMatchObject({ memberships: full.memberships });
    expect(await api.activeIds(app, "account")).toEqual(["u1"]);
    expect(await api.activeIds(app, "team")).toEqual(["g1", "g2"]);
  });

  test("may be in any of the records of an account that is pushed in several", async () => {
    const app = await createApp();
    const pages = [
      ["account", [{ ...u1, memberships: team("g3") }]],
      ["account", [{ ...hidden, continues: true, memberships: team("g4") }]],
      ["account", [{ ...u1, unknown_refs: ["seat"], continues: true }]],
    ] as const;
    await api.sync(app, pages);
    const { memberships, assignments } = (await recordOf(app)) as unknown as typeof full;
    expect(memberships.team.map(({ id }) => id)).toEqual(["g1", "g2", "g3", "g4"]);
    expect(assignments).toEqual(full.assignments);
    // A later record replaces the account.
    await api.sync(app, [...pages, ["account", [{ ...u1, memberships: team("g5") }]]]);
    expect(await recordOf(app)).toMatchObject({ memberships: team("g5") });
  });

  test("are in the history as they stayed, also while the session is held", async () => {
    const app = await createApp();
    await api.call("PATCH", `/apps/${app}/`, { removal_guard: { max_share: 0, min_count: 1 } });
    const renamed = { ...full, display_name: "One", unknown_refs: ["team"], memberships: {} };
    const { sync_id: syncId } = await api.sync(app, [["account", [renamed]]]);
    const changesOf = async (id: string) => (await api.call("GET", `/apps/${app}/sync/${id}/changes/`)).body.changes;
    const expected = {
      change: "updated",
      before: { data: full },
      after: { data: { display_name: "One", memberships: full.memberships } },
    };
    expect(await changesOf(syncId)).toMatchObject([expected]);
    await api.sync(app, [["account", [renamed, { ...u1, id: "u2" }]]]);
    const held = await api.sync(app, [["account", [{ ...renamed, display_name: "Two" }]]]);
    expect(held.status).toBe("error");
    expect(await changesOf(held.sync_id)).toMatchObject([
      { id: "u1", after: { data: { display_name: "Two", memberships: full.memberships } } },
      { id: "u2", change: "removed" },
    ]);
    const [{ after }] = await changesOf(held.sync_id);
    expect(after.data).not.toHaveProperty("unknown_refs");
    await api.call("POST", `/apps/${app}/sync/${held.sync_id}/confirm/`);
    await bridge.whenReconciled();
    expect(await recordOf(app)).toMatchObject({ display_name: "Two", memberships: full.memberships });
  });

  test("do not count as lost for the removal guard", async () => {
    const app = await createApp();
    await api.call("PATCH", `/apps/${app}/`, { removal_guard: { max_share: 0, min_count: 1 } });
    const sync = async (...slugs: string[]) => {
      const groups = ["team", named("g1", "g2")] as const;
      const seats = ["seat", [{ id: "s1", name: "Seat" }]] as const;
      const { status } = await api.sync(app, [
        groups,
        seats,
        ["account", [{ ...u1, display_name: "One", unknown_refs: slugs }]],
      ]);
      return status;
    };
    expect(await sync("team", "seat")).toBe("completed");
    expect(await sync("team")).toBe("error");
  });

  test("of an unknown slug or the slug of accounts are refused with record and slug", async () => {
    const app = await api.createApp();
    const syncId = await api.start(app);
    const push = (slug: string) => api.push(app, syncId, "account", [{ ...u1, unknown_refs: [slug] }]);
    expect(await push("crew")).toMatchObject({
      status: 422,
      body: { detail: "Record 'u1': unknown slug 'crew' in unknown_refs" },
    });
    expect(await push("account")).toMatchObject({
      status: 422,
      body: { detail: "Record 'u1': slug 'account' in unknown_refs is of type account, not group or license" },
    });
  });

  test("are found among the members of a group that an account keeps", async () => {
    const app = await createApp();
    await api.sync(app, [["account", [{ ...hidden, display_name: "One" }]]]);
    await bridge.whenIndexed();
    const { body } = await api.call("GET", `/apps/${app}/records/account/?member_of=team:g2`);
    expect(body.records).toMatchObject([{ data: { id: "u1", display_name: "One" } }]);
  });
});
