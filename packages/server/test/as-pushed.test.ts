import { describe, expect, test } from "vitest";
import { DATABASES } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

/** Fields named like those that the Bridge adds, or that other kinds of records have. */
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
/** Fields of accounts, which are extras in any other record. */
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

describe.each(DATABASES)("a record on %s", async (kind) => {
  const { bridge, api } = await setUpBridge(kind);

  const pages = (extra: object = {}) =>
    [
      ["team", [{ ...group, ...extra }]],
      ["seat", [{ ...license, ...extra }]],
      ["account", [{ ...account, ...extra }]],
    ] as const;

  test("comes back as it was pushed, whatever the names of its fields, beside the fields that the Bridge adds", async () => {
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

  test("is the same in the history", async () => {
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

  test("that is not an account has the status that the Bridge gives it, also in the filter", async () => {
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

  test("that only refs had named is a stub in the history too", async () => {
    const app = await api.createApp({ guard: null });
    await api.sync(app, [["account", [{ id: "u1", email: "x", memberships: { team: [{ id: "g1", name: "G" }] } }]]]);
    const { sync_id: second } = await api.sync(app, []);
    const changes = async () => (await api.call("GET", `/apps/${app}/sync/${second}/changes/?slug=team`)).body.changes;
    const stub = { data: { id: "g1", name: "G" }, status: "active", removed_at: null, stub: true };
    expect(await changes()).toMatchObject([{ change: "removed", before: stub, after: null }]);
    await api.sync(app, [["team", [{ id: "g1", name: "Pushed" }]]]);
    expect(await changes()).toMatchObject([{ change: "removed", before: stub, after: null }]);
  });

  /** Pushes the JSON of an account's extra fields as written here, with and without whitespace. */
  async function pushText(extra: string): Promise<{ app: string; status: number; detail: string }> {
    const app = await api.createApp();
    const sync = await api.start(app);
    const body = `{"records":[{"id":"u0","email":"x"},{"id":"u1","email":"x",${extra}}]}`;
    const headers = { "content-type": "application/json" };
    const path = `/apps/${app}/sync/${sync}/account/`;
    const response = await api.send("PUT", path, { body, headers });
    const spaced = await api.send("PUT", path, { body: body.replaceAll(",", ", "), headers });
    expect([spaced.status, spaced.body.detail]).toEqual([response.status, response.body.detail]);
    await api.abandon(app, sync);
    await bridge.whenReconciled();
    return { app, status: response.status, detail: response.body.detail };
  }

  const inexact = (number: string) => `the number ${number} can't be kept exactly; push it as a text`;
  test.each([
    ['"size":9007199254740992', `size: ${inexact("9007199254740992")}`],
    ['"size":-12345678901234567890', `size: ${inexact("-12345678901234567890")}`],
    ['"size":1e400', `size: ${inexact("1e400")}`],
    ['"size":-1E+999', `size: ${inexact("-1E+999")}`],
    ['"size":1e-400', `size: ${inexact("1e-400")}`],
    ['"size":0.100000000000000005551115123126', `size: ${inexact("0.100000000000000005551115123126")}`],
    ['"size":1.0000000000000000000001', `size: ${inexact("1.0000000000000000000001")}`],
    ['"a":{"b":[1,{"c":9007199254740993}]}', `a.b[1].c: ${inexact("9007199254740993")}`],
    ['"a":1,"a":1', "a: appears twice"],
    ['"a":1,"\\u0061":2', "a: appears twice"],
    ['"id":"u2"', "id: appears twice"],
    ['"a":[{"b":{"c":1,"d":2,"c":3}}]', "a[0].b.c: appears twice"],
    ['"memberships":{"team":[],"team":[]}', "memberships.team: appears twice"],
    ['"__proto__":1,"__proto__":2', "__proto__: appears twice"],
  ])("with %s is refused, because it would be altered silently", async (extra, reason) => {
    const { status, detail } = await pushText(extra);
    const id = extra.startsWith('"id"') ? "u2" : "u1";
    expect([status, detail]).toEqual([422, `Record '${id}': ${reason}`]);
  });

  test.each([
    '"size":9007199254740991',
    '"size":-9007199254740991',
    '"size":0.1',
    '"size":0.30000000000000004',
    '"size":1.7976931348623157e308',
    '"size":5e-324',
    '"size":1.50',
    '"size":100E-2',
    '"size":-0',
    '"size":0e999999999999',
    '"size":123456.7890123456',
    '"a":"12345678901234567890; 1e400"',
    '"a":{"b":1},"c":{"b":1}',
    '"a":"b\\":1","c":"b\\":1"',
    '"__proto__":{"constructor":{"b":null}}',
    '"é😀":"\\u00e9\\ud83d\\ude00\\\\u0000"',
    '"\\u2028":"\\u2029\\b\\/"',
    '"a":true,"b":false,"c":null,"d":[],"e":{},"f":[[{}]]',
  ])("with %s comes back unchanged", async (extra) => {
    const { app, status } = await pushText(extra);
    expect(status).toBe(200);
    expect(await api.data(app, "account")).toEqual([
      { id: "u0", email: "x" },
      JSON.parse(`{"id":"u1","email":"x",${extra.replace("-0", "0")}}`),
    ]);
  });

  test.each(['"a":"\\u0000"', '"\\u0000":1', '"a":"\\ud800"', '"a":"x\\udc00x"', '"a":"\\ufeffx"'])(
    "with %s is refused, because not every database takes it",
    async (extra) => {
      const { status, detail } = await pushText(extra);
      expect(status).toBe(400);
      expect(detail).toMatch(/^records\[1\](\.a)?: holds a NUL character or half a surrogate pair, or begins with/);
    },
  );
});
