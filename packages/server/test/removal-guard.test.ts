import { describe, expect, test } from "vitest";
import { accounts, createApi } from "./support/api.ts";
import { connect, DATABASES, openBridge } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

describe.each(DATABASES)("the removal guard on %s", async (kind) => {
  const { bridge, api } = await setUpBridge(kind);

  const confirm = (app: string, syncId: string) => api.call("POST", `/apps/${app}/sync/${syncId}/confirm/`);
  const discard = (app: string, syncId: string) => api.call("POST", `/apps/${app}/sync/${syncId}/discard/`);

  /** An app with 50 accounts, and a held session that pushed 30 of them and a new one. */
  async function holdOne(): Promise<{ app: string; held: string }> {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(50)]]);
    const session = await api.sync(app, [["account", [...accounts(30), { id: "new", email: "x" }]]]);
    return { app, held: session.sync_id };
  }

  test("applies nothing of a session that would remove too much, and shows the losses", async () => {
    const { app, held } = await holdOne();
    const session = await api.session(app, held);
    expect(session).toMatchObject({ status: "error", error: { error_code: "REMOVALS_HELD" } });
    expect(session.error?.message).toContain('20 of 50 active "account" records');
    expect(await api.activeIds(app, "account")).toHaveLength(50);
    const repeated = [
      await api.complete(app, held),
      await api.abandon(app, held),
      await api.push(app, held, "account", []),
    ];
    expect(repeated.map(({ status }) => status)).toEqual([409, 409, 409]);
  });

  test("a repeated complete gets 202 until the session is held, and 409 from then on", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(50)]]);
    const returned = new Set<string>();
    for (let round = 0; round < 15; round++) {
      const syncId = await api.start(app);
      await api.complete(app, syncId);
      for (let status = 202; status === 202;) {
        const response = await api.complete(app, syncId);
        status = response.status;
        returned.add(`${status} ${response.body.status ?? ""}`);
      }
    }
    expect([...returned].filter((response) => response !== "202 completing")).toEqual(["409 "]);
  });

  test("applies it once an administrator confirms", async () => {
    const { app, held } = await holdOne();
    expect(await confirm(app, held)).toMatchObject({ status: 202, body: { status: "completing" } });
    await bridge.whenReconciled();
    expect(await api.session(app, held)).toMatchObject({ status: "completed" });
    expect(await api.session(app, held)).not.toHaveProperty("error");
    expect(await api.activeIds(app, "account")).toHaveLength(31);
    expect((await confirm(app, held)).status).toBe(409);
    expect((await discard(app, held)).status).toBe(409);
  });

  test("drops it if an administrator discards it", async () => {
    const { app, held } = await holdOne();
    expect((await discard(app, held)).status).toBe(204);
    expect(await api.session(app, held)).toMatchObject({ status: "abandoned" });
    expect((await discard(app, held)).status).toBe(409);
    expect((await confirm(app, held)).status).toBe(409);
    expect(await api.activeIds(app, "account")).toHaveLength(50);
  });

  test("drops it if a newer session starts", async () => {
    const { app, held } = await holdOne();
    await api.start(app);
    expect(await api.session(app, held)).toMatchObject({ status: "abandoned" });
    expect((await confirm(app, held)).status).toBe(409);
  });

  test("nobody can confirm it if a newer session started before it was held", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(50)]]);
    const older = await api.start(app);
    await api.complete(app, older);
    const newer = await api.start(app);
    await bridge.whenReconciled();
    const session = await api.session(app, older);
    // Either the start came first and the reconciliation dropped it, or the reconciliation came first and the start
    // dropped it.
    expect(["error", "abandoned"]).toContain(session.status);
    expect((await confirm(app, older)).status).toBe(409);
    expect(await api.activeIds(app, "account")).toHaveLength(50);
    expect(await api.session(app, newer)).toMatchObject({ status: "in_progress" });
  });

  test("judges every type alone, including types without a page", async () => {
    const app = await api.createApp();
    const teams = Array.from({ length: 12 }, (_, index) => ({ id: `g${index}`, name: "G" }));
    await api.sync(app, [
      ["account", accounts(90)],
      ["team", teams],
    ]);
    const session = await api.sync(app, [["account", accounts(90)]]);
    expect(session.error?.message).toContain('12 of 12 active "team" records');
    expect(session.error?.message).not.toContain("account");
  });

  test("counts a group that refs point to as present", async () => {
    const app = await api.createApp();
    const teams = Array.from({ length: 12 }, (_, index) => ({ id: `g${index}`, name: "G" }));
    await api.sync(app, [["team", teams]]);
    const account = { id: "u1", email: "x", memberships: { team: teams.map(({ id }) => ({ id })) } };
    expect(await api.sync(app, [["account", [account]]])).toMatchObject({ status: "completed" });
    expect(await api.activeIds(app, "team")).toHaveLength(12);
  });

  test("counts against what was active before, not against what the session pushed", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(50)]]);
    const session = await api.sync(app, [
      ["account", accounts(35)],
      ["account", accounts(80, 1000)],
    ]);
    expect(session.error?.message).toContain("15 of 50");
  });

  const people = (count: number, access: object) =>
    Array.from({ length: count }, (_, index) => ({ id: `u${index}`, email: `u${index}@example.com`, ...access }));
  const members = (count: number, ...teams: string[]) =>
    people(count, teams.length > 0 ? { memberships: { team: teams.map((id) => ({ id })) } } : {});

  test("holds a session that takes access from accounts that stay, with the number per slug", async () => {
    const app = await api.createApp();
    const both = { memberships: { team: [{ id: "g1" }, { id: "g2" }] }, assignments: { seat: [{ id: "s1" }] } };
    await api.sync(app, [["account", people(100, both)]]);
    const rest = members(100, "g1", "g2").slice(50);
    const losing = [...members(41, "g1"), ...members(50, "g1", "g2").slice(41), ...rest];
    const session = await api.sync(app, [["account", losing]]);
    expect(session).toMatchObject({
      status: "error",
      error: {
        error_code: "REMOVALS_HELD",
        losses: [
          { slug: "seat", of: "refs", live: 100, lost: 100 },
          { slug: "team", of: "refs", live: 200, lost: 41 },
        ],
      },
    });
    expect(session.error?.message).toContain('take away 100 of 100 "seat" assignments, 41 of 200 "team" memberships');
    expect((await api.data(app, "account"))[0]).toMatchObject({
      memberships: { team: [{ id: "g1" }, { id: "g2" }] },
    });
    expect(await api.activeIds(app, "account")).toHaveLength(100);
    await confirm(app, session.sync_id);
    await bridge.whenReconciled();
    expect(await api.session(app, session.sync_id)).toMatchObject({ status: "completed" });
    expect((await api.data(app, "account"))[0]).toMatchObject({ memberships: { team: [{ id: "g1" }] } });
  });

  test.each([
    { pushed: "pushed as an empty list", losing: { memberships: { team: [] } } },
    { pushed: "pushed as an empty object", losing: { memberships: {} } },
    { pushed: "pushed under an unknown name", losing: { membership: { team: [{ id: "g1" }] } } },
    { pushed: "pushed as other teams", losing: { memberships: { team: [{ id: "g2" }] } } },
  ])("holds a session in which the memberships of all accounts are $pushed", async ({ losing }) => {
    const app = await api.createApp();
    const teams = ["team", [{ id: "g1", name: "One" }]] as const;
    await api.sync(app, [teams, ["account", members(12, "g1")]]);
    const session = await api.sync(app, [teams, ["account", people(12, losing)]]);
    expect(session.error?.losses).toEqual([{ slug: "team", of: "refs", live: 12, lost: 12 }]);
    expect((await api.data(app, "account"))[0]).toMatchObject({ memberships: { team: [{ id: "g1" }] } });
  });

  test("allows a fifth of the refs to go, and those of accounts that are removed or come back", async () => {
    const app = await api.createApp();
    const teams = ["team", [{ id: "g1", name: "One" }]] as const;
    await api.sync(app, [teams, ["account", members(100, "g1")]]);
    const stay = members(100, "g1").slice(15);
    expect(await api.sync(app, [teams, ["account", stay]])).toMatchObject({ status: "completed" });
    const back = [...members(15), ...stay];
    expect(await api.sync(app, [teams, ["account", back]])).toMatchObject({ status: "completed" });
    const fewer = [...members(32), ...stay.slice(17)];
    expect(await api.sync(app, [teams, ["account", fewer]])).toMatchObject({ status: "completed" });
  });

  test("shows the number of refs, even if every loss is held", async () => {
    const app = await api.createApp();
    await api.call("PATCH", `/apps/${app}/`, { removal_guard: { max_share: 0, min_count: 1 } });
    const team = [{ id: "g1" }];
    const people = (inTeam: number) =>
      Array.from({ length: 5 }, (_, index) => ({
        id: `u${index}`,
        email: `u${index}@example.com`,
        ...(index < inTeam && { memberships: { team } }),
      }));
    await api.sync(app, [["account", people(5)]]);
    const { error } = await api.sync(app, [["account", people(4)]]);
    expect(error?.losses).toEqual([{ slug: "team", of: "refs", live: 5, lost: 1 }]);
  });

  test("counts the refs of an account in several records as a whole", async () => {
    const app = await api.createApp();
    const refs = (first: number, count: number) => ({
      memberships: { team: Array.from({ length: count }, (_, index) => ({ id: `g${first + index}` })) },
    });
    const first = { id: "u1", email: "u1@example.com", ...refs(0, 100) };
    const more = { id: "u1", email: "u1@example.com", ...refs(100, 40), continues: true };
    await api.sync(app, [["account", [first, more]]]);
    const renamed = { email: "one@example.com" };
    const records = [
      { ...first, ...renamed },
      { ...more, ...renamed },
    ];
    expect(await api.sync(app, [["account", records]])).toMatchObject({ status: "completed" });
    const teams = Array.from({ length: 140 }, (_, index) => ({ id: `g${index}`, name: "Team" }));
    const pages = [teams.slice(0, 100), teams.slice(100)].map((page) => ["team", page] as const);
    const session = await api.sync(app, [...pages, ["account", [first]]]);
    expect(session.error?.losses).toEqual([{ slug: "team", of: "refs", live: 140, lost: 40 }]);
  });

  test("does not judge an abandoned session", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(50)]]);
    await api.sync(app, [["account", accounts(1)]], "abandon");
    expect(await api.activeIds(app, "account")).toHaveLength(50);
  });

  test("is set per app, and null disables it", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(50)]]);
    await api.call("PATCH", `/apps/${app}/`, { removal_guard: { max_share: 0.9, min_count: 10 } });
    expect(await api.sync(app, [["account", accounts(10)]])).toMatchObject({ status: "completed" });
    expect(await api.sync(app, [["account", []]])).toMatchObject({ status: "error" });
    const { body } = await api.call("PATCH", `/apps/${app}/`, { removal_guard: null });
    expect(body.removal_guard).toBeNull();
    expect(await api.sync(app, [["account", []]])).toMatchObject({ status: "completed" });
    expect(await api.activeIds(app, "account")).toEqual([]);
  });

  test("can only be changed by administrators", async () => {
    const { app, held } = await holdOne();
    const connector = await createApi(bridge, { org: api.slug, role: "connector" });
    const responses = await Promise.all([
      connector.call("POST", `/apps/${app}/sync/${held}/confirm/`),
      connector.call("POST", `/apps/${app}/sync/${held}/discard/`),
      connector.call("PATCH", `/apps/${app}/`, { removal_guard: null }),
    ]);
    expect(responses.map(({ status }) => status)).toEqual([403, 403, 403]);
  });
});

describe("a guard that changes during a reconciliation", () => {
  const STRICT = { max_share: 0, min_count: 1 };

  /** Two of three accounts leave. The reconciliation has read the first guard and pauses while the second is set. */
  async function changeDuringReconciliation(first: object | null, second: object | null) {
    await using bridge = await openBridge("postgres");
    const api = await createApi(bridge);
    const app = await api.createApp();
    const setGuard = (guard: object | null) => api.call("PATCH", `/apps/${app}/`, { removal_guard: guard });
    await setGuard(first);
    await api.sync(app, [["account", accounts(3)]]);
    const syncId = await api.start(app);
    await api.push(app, syncId, "account", accounts(1));
    await connect(bridge.database, async (client) => {
      await client.query("begin");
      await client.query("lock table record_changes in exclusive mode");
      await api.complete(app, syncId);
      const isReconciliationBlocked = async () => {
        const { rows } = await client.query(
          "select 1 from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))",
        );
        return rows.length > 0;
      };
      await expect.poll(isReconciliationBlocked).toBe(true);
      expect((await setGuard(second)).status).toBe(200);
      await client.query("commit");
    });
    await bridge.whenReconciled();
    return { session: await api.session(app, syncId), active: await api.activeIds(app, "account") };
  }

  test("judges it if it is stricter than the first", async () => {
    const { session, active } = await changeDuringReconciliation(null, STRICT);
    expect(session).toMatchObject({ status: "error", error: { error_code: "REMOVALS_HELD" } });
    expect(active).toHaveLength(3);
  });

  test("lets it pass if it was removed", async () => {
    const { session, active } = await changeDuringReconciliation(STRICT, null);
    expect(session).toMatchObject({ status: "completed" });
    expect(active).toEqual(["u0"]);
  });
});
