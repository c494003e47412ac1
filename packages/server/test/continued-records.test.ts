import { describe, expect, test } from "vitest";
import { DATABASES } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

describe.each(DATABASES)("a record that continues an earlier one, on %s", async (kind) => {
  const { api } = await setUpBridge(kind);

  const teams = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: `g${String(first + index).padStart(4, "0")}` }));
  const account = (first: number, count: number, extra: object = {}) => ({
    id: "u1",
    email: "u1@example.com",
    memberships: { team: teams(first, count) },
    ...extra,
  });
  const continued = (first: number, count: number) => account(first, count, { continues: true });

  async function teamsOf(app: string): Promise<string[]> {
    const [record] = (await api.data(app, "account")) as unknown as [{ memberships: { team: { id: string }[] } }];
    return record.memberships.team.map(({ id }) => id);
  }

  test("is announced in the response to a start", async () => {
    const app = await api.createApp();
    const { headers } = await api.call("POST", `/apps/${app}/sync/`);
    expect(headers.get("x-bridge-extensions")?.split(", ")).toContain("continued-records");
  });

  test("adds its refs, within a page and across pages, however many there are", async () => {
    const app = await api.createApp();
    const session = await api.sync(app, [
      ["account", [account(0, 100), continued(100, 100), { id: "u2", email: "u2@example.com" }]],
      ["account", [continued(200, 50)]],
    ]);
    expect(session.progress.find(({ slug }) => slug === "account")).toMatchObject({ synced_count: 2, created: 2 });
    expect(await teamsOf(app)).toEqual(teams(0, 250).map(({ id }) => id));
    expect(await api.activeIds(app, "team")).toHaveLength(250);
    const [record] = await api.data(app, "account");
    expect(record).not.toHaveProperty("continues");
  });

  test("adds licenses and types that the first record did not have, and no ref twice", async () => {
    const app = await api.createApp();
    const seat = { id: "u1", email: "x", assignments: { seat: [{ id: "s1" }] }, continues: true };
    await api.sync(app, [
      ["account", [account(0, 2)]],
      ["account", [seat]],
      ["account", [continued(1, 2)]],
    ]);
    expect(await api.data(app, "account")).toMatchObject([
      {
        email: "u1@example.com",
        memberships: { team: teams(0, 3) },
        assignments: { seat: [{ id: "s1" }] },
      },
    ]);
  });

  test("keeps empty lists", async () => {
    const app = await api.createApp();
    await api.call("POST", `/apps/${app}/resource-types/`, { slug: "role", name: "Role", type: "group" });
    await api.sync(app, [
      ["account", [account(0, 1, { memberships: { team: teams(0, 1), role: [] } }), continued(1, 1)]],
    ]);
    expect(await api.data(app, "account")).toMatchObject([{ memberships: { team: teams(0, 2), role: [] } }]);
  });

  test("loses nothing if the first page is sent again because its response was lost", async () => {
    const app = await api.createApp();
    await api.sync(app, [
      ["account", [account(0, 100)]],
      ["account", [continued(100, 100)]],
      ["account", [account(0, 100)]],
    ]);
    expect(await teamsOf(app)).toHaveLength(200);
  });

  test("does not count if a later page replaces the account", async () => {
    const app = await api.createApp();
    await api.sync(app, [
      ["account", [account(0, 100)]],
      ["account", [continued(100, 100)]],
      ["account", [account(0, 1)]],
    ]);
    expect(await teamsOf(app)).toEqual(["g0000"]);
  });

  test("counts as the record if none comes before it", async () => {
    const app = await api.createApp();
    await api.sync(app, [
      ["account", [continued(0, 2)]],
      ["account", [continued(2, 2)]],
    ]);
    expect(await teamsOf(app)).toEqual(teams(0, 4).map(({ id }) => id));
    expect((await api.data(app, "account"))[0]).not.toHaveProperty("continues");
  });

  test("changes nothing if it is pushed the same way again", async () => {
    const app = await api.createApp();
    const pages = [
      ["account", [account(0, 100)]],
      ["account", [continued(100, 100)]],
    ] as const;
    await api.sync(app, pages);
    const again = await api.sync(app, pages);
    expect(again.progress.find(({ slug }) => slug === "account")).toMatchObject({ synced_count: 1, updated: 0 });
    const fewer = await api.sync(app, [pages[0], ["account", [continued(100, 99)]]]);
    expect(fewer.progress.find(({ slug }) => slug === "account")).toMatchObject({ synced_count: 1, updated: 1 });
    expect(await teamsOf(app)).toHaveLength(199);
  });

  test("changes nothing if the same refs come in another order, in other parts or in one record", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", [account(0, 60), continued(60, 60)]]]);
    const before = await api.records(app, "account");
    const backwards = (record: ReturnType<typeof account>) => ({
      ...record,
      memberships: { team: record.memberships.team.toReversed() },
    });
    const tellings = [
      [backwards(account(60, 60)), backwards(continued(0, 60))],
      [account(0, 40), continued(40, 80)],
    ];
    for (const records of tellings) {
      const session = await api.sync(app, [["account", records]]);
      expect(session.progress.find(({ slug }) => slug === "account")).toMatchObject({ created: 0, updated: 0 });
      expect(await api.records(app, "account")).toEqual(before);
    }
    const session = await api.sync(app, [["account", [account(0, 60), continued(60, 61)]]]);
    expect(session.progress.find(({ slug }) => slug === "account")).toMatchObject({ created: 0, updated: 1 });
  });

  test("is the only one that may appear in a page twice", async () => {
    const app = await api.createApp();
    const syncId = await api.start(app);
    expect(await api.push(app, syncId, "account", [continued(0, 1), account(0, 1)])).toMatchObject({
      status: 422,
      body: { detail: "Record 'u1': is in the page twice" },
    });
    const group = { id: "g1", name: "G", continues: true };
    expect((await api.push(app, syncId, "team", [group, group])).status).toBe(422);
  });
});
