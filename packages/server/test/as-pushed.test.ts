import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bridge } from "../src/index.ts";
import { type Api, createApi } from "./support/api.ts";
import { DATABASES, openBridge } from "./support/open-bridge.ts";

/** Fields that have the names of what the Bridge adds, or that other kinds of records have. */
const own = {
  removed_at: "2020-01-01T00:00:00.000Z",
  removed_in: 7,
  stub: true,
  data: { data: [] },
  digest: null,
  created_version: 9,
  changed_version: "9",
  last_seen_at: false,
  synced_at: ["2020"],
  app_id: "mine",
  slug: "mine",
  constructor: { prototype: 1 },
  "": "no name",
};
/** What is a field of accounts, and in any other record one like the others. */
const accountsOnly = {
  status: "archived",
  memberships: [7, { a: null }],
  assignments: "none",
  continues: true,
  unknown_refs: "unknown",
  email: 1,
};
const group = { id: "g1", name: "Team", ...own, ...accountsOnly };
const license = { id: "l1", name: "Seat", ...own, ...accountsOnly, max_count: 5 };
const account = { id: "u1", email: "a@x", name: 5, description: [], max_count: "x", ...own, status: "suspended" };

describe.each(DATABASES)("a record on %s", (kind) => {
  let bridge: Bridge;
  let api: Api;
  beforeAll(async () => {
    bridge = await openBridge(kind);
    api = await createApi(bridge);
  });
  afterAll(() => bridge.close());

  const pages = (extra: object = {}) =>
    [
      ["team", [{ ...group, ...extra }]],
      ["seat", [{ ...license, ...extra }]],
      ["account", [{ ...account, ...extra }]],
    ] as const;

  test("comes back as it was pushed, whatever its fields are called, and what the Bridge adds stands beside it", async () => {
    const app = await api.createApp();
    await api.sync(app, pages());
    const live = { removed_at: null, stub: false };
    for (const [slug, data, status] of [
      ["team", group, "active"],
      ["seat", license, "active"],
      ["account", account, "suspended"],
    ] as const) {
      expect(await api.records(app, slug)).toEqual([{ data, status, ...live }]);
      const { body } = await api.call("GET", `/apps/${app}/records/${slug}/${data.id}/`);
      expect(body).toEqual({ data, status, ...live });
    }
  });

  test("is told in the history in the same way", async () => {
    const app = await api.createApp({ guard: null });
    await api.sync(app, pages());
    const { sync_id: second } = await api.sync(app, pages({ note: "new" }));
    const { body } = await api.call("GET", `/apps/${app}/sync/${second}/changes/`);
    expect(body.changes).toEqual(
      [
        { slug: "account", data: account, status: "suspended" },
        { slug: "seat", data: license, status: "active" },
        { slug: "team", data: group, status: "active" },
      ].map(({ slug, data, status }) => ({
        slug,
        id: data.id,
        change: "updated",
        before: { data, status, removed_at: null, stub: false },
        after: { data: { ...data, note: "new" }, status, removed_at: null, stub: false },
      })),
    );
  });

  test("that is no account has the status that the Bridge gives it, also in the filter", async () => {
    const app = await api.createApp({ guard: null });
    await api.sync(app, [["team", [{ id: "g1", name: "G", status: "inactive" }]]]);
    const idsOf = async (status: string) => {
      const { body } = await api.call("GET", `/apps/${app}/records/team/?status=${status}`);
      return body.records.map(({ data }: { data: { id: string } }) => data.id);
    };
    expect([await idsOf("active"), await idsOf("inactive"), await idsOf("suspended")]).toEqual([["g1"], [], []]);
    await api.sync(app, []);
    expect([await idsOf("active"), await idsOf("inactive"), await idsOf("suspended")]).toEqual([[], ["g1"], []]);
    expect(await api.records(app, "team")).toMatchObject([{ data: { status: "inactive" }, status: "inactive" }]);
  });

  test("that only refs had told about is a stub in the history too", async () => {
    const app = await api.createApp({ guard: null });
    await api.sync(app, [["account", [{ id: "u1", email: "x", memberships: { team: [{ id: "g1", name: "G" }] } }]]]);
    const { sync_id: second } = await api.sync(app, []);
    const changes = async () => (await api.call("GET", `/apps/${app}/sync/${second}/changes/?slug=team`)).body.changes;
    const stub = { data: { id: "g1", name: "G" }, status: "active", removed_at: null, stub: true };
    expect(await changes()).toMatchObject([{ change: "removed", before: stub, after: null }]);
    await api.sync(app, [["team", [{ id: "g1", name: "Pushed" }]]]);
    expect(await changes()).toMatchObject([{ change: "removed", before: stub, after: null }]);
  });
});
