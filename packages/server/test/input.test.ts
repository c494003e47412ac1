import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { accounts } from "./support/api.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

let app: string;
let syncId: string;
const { api } = await setUpBridge("pglite", { bodyLimitBytes: 100_000 });
beforeAll(async () => {
  app = await api.createApp();
  syncId = await api.start(app);
});

const page = (slug: string) => `/apps/${app}/sync/${syncId}/${slug}/`;
const push = (record: unknown) => api.push(app, syncId, "account", [{ id: "ok", email: "x" }, record]);
const put = (
  body: string | Uint8Array | ReadableStream,
  headers: Record<string, string> = { "content-type": "application/json" },
) => api.send("PUT", page("account"), { body, headers, duplex: "half" });

describe("a page", () => {
  test.each<[record: unknown, detail: string]>([
    [{ email: "x" }, "records[1].id: is required"],
    [{ id: 7, email: "x" }, "records[1].id: must be a string, got number"],
    [{ id: "", email: "x" }, "records[1].id: must not be empty"],
    [{ id: "x".repeat(513), email: "x" }, "records[1].id: must have at most 512 characters, got 513"],
    [{ id: "u1" }, "records[1]: needs email or username"],
    [{ id: "u1", email: "" }, "records[1].email: must not be empty"],
    [{ id: "u1", email: null }, "records[1].email: must be a string, got null"],
    [
      { id: "u1", email: "x", status: "gone" },
      'records[1].status: must be one of active, inactive, suspended, got "gone"',
    ],
    [
      { id: "u1", email: "x", memberships: { team: { id: "g1" } } },
      "records[1].memberships.team: must be an array, got object",
    ],
    [
      { id: "u1", email: "x", memberships: { team: [{ name: "G" }] } },
      "records[1].memberships.team[0].id: is required",
    ],
    [
      { id: "u1", email: "x", memberships: { team: ["g1"] } },
      "records[1].memberships.team[0]: must be an object, got string",
    ],
    [{ id: "u1", email: "x", memberships: [] }, "records[1].memberships: must be an object, got array"],
    ["u1", "records[1]: must be an object, got string"],
    [null, "records[1]: must be an object, got null"],
    [
      { id: "u\u0000", email: "x" },
      "records[1].id: holds a NUL character or half a surrogate pair, or begins with a byte order mark",
    ],
    [
      { id: "u1", email: "x", "fie\u0000ld": 1 },
      "records[1]: holds a NUL character or half a surrogate pair, or begins with a byte order mark",
    ],
  ])("with %j gets 400: %s", async (record, detail) => {
    expect(await push(record)).toMatchObject({ status: 400, body: { detail } });
  });

  test.each([".", "..", "%2e", "%2E."])("with the id %s, which no URL can contain, gets 422", async (id) => {
    const reason = "URL parsers remove this id from an address; push another one";
    expect(await push({ id, email: "x" })).toMatchObject({
      status: 422,
      body: { detail: `Record '${id}': ${reason}` },
    });
    expect(await push({ id: "u1", email: "x", memberships: { team: [{ id: "g1" }, { id }] } })).toMatchObject({
      status: 422,
      body: { detail: `Record 'u1': the membership '${id}' of 'team': ${reason}` },
    });
  });

  test("with half a surrogate pair gets 400", async () => {
    const { status, body } = await put('{"records":[{"id":"\\ud83d","email":"x"}]}');
    expect([status, body.detail]).toEqual([
      400,
      "records[0].id: holds a NUL character or half a surrogate pair, or begins with a byte order mark",
    ]);
  });

  test("with long texts of characters that count twice elsewhere is accepted", async () => {
    const long = {
      id: "😀".repeat(512),
      username: "😀".repeat(1024),
      memberships: { team: [{ id: "🎉".repeat(512) }] },
    };
    expect(await push(long)).toMatchObject({ status: 200, body: { total: 2 } });
    expect(await push({ ...long, id: "😀".repeat(513) })).toMatchObject({ status: 400 });
  });

  test("of more than 100 records gets 400 with count and limit", async () => {
    expect(await api.push(app, syncId, "account", accounts(101))).toMatchObject({
      status: 400,
      body: { detail: "records: 101 records in one page; at most 100 are allowed" },
    });
    expect((await api.push(app, syncId, "account", accounts(100))).status).toBe(200);
  });

  test("with more than 100 refs of a type gets 400 with record, slug and count", async () => {
    const team = Array.from({ length: 101 }, (_, index) => ({ id: `g${index}` }));
    expect(await push({ id: "u1", email: "x", memberships: { team } })).toMatchObject({
      status: 400,
      body: { detail: `records[1].memberships.team: record 'u1' has 101 refs of "team"; at most 100 are allowed` },
    });
    expect(await push({ id: { toString: 1 }, email: "x", memberships: { team } })).toMatchObject({
      status: 400,
      body: { detail: `records[1].memberships.team: the record has 101 refs of "team"; at most 100 are allowed` },
    });
    expect((await push({ id: "u1", email: "x", memberships: { team: team.slice(1) } })).status).toBe(200);
  });

  test("of groups or licenses needs names", async () => {
    const group = await api.push(app, syncId, "team", [{ id: "g1" }]);
    expect([group.status, group.body.detail]).toEqual([400, "records[0].name: is required"]);
    const license = await api.push(app, syncId, "seat", [{ id: "s1", name: "S", max_count: -1 }]);
    expect([license.status, license.body.detail]).toEqual([400, "records[0].max_count: must be >= 0, got -1"]);
    expect((await api.push(app, syncId, "team", [{ id: "g1", name: "G", memberships: { any: 1 } }])).status).toBe(200);
  });

  test.each(["[]", "null", "7", '"x"', "{}", '{"records":{}}', '{"records":null}'])(
    "that is %s gets 400",
    async (body) => {
      expect((await put(body)).status).toBe(400);
    },
  );
});

describe("a body", () => {
  test("that is not JSON gets 400", async () => {
    for (const body of ["", "{", "nonsense", '{"records":[]', new Uint8Array([0xff, 0xfe])]) {
      expect(await put(body)).toMatchObject({ status: 400, body: { detail: expect.stringMatching(/^body: /) } });
    }
  });

  test("may begin with a byte order mark, as some clients send it", async () => {
    expect((await put('\ufeff{"records":[]}')).status).toBe(200);
  });

  test("of another content type gets 415", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""]) {
      expect((await put('{"records":[]}', { "content-type": type })).status).toBe(415);
    }
    for (const type of ["application/json", "application/json; charset=utf-8", "Application/JSON"]) {
      expect((await put('{"records":[]}', { "content-type": type })).status).toBe(200);
    }
  });

  test("that is compressed gets 415, even if it is small and would be huge", async () => {
    const bomb = gzipSync(JSON.stringify({ records: [{ id: "u1", email: "x", note: "x".repeat(1_000_000) }] }));
    for (const encoding of ["gzip", "br", "gzip, identity"]) {
      const refused = await put(bomb, { "content-type": "application/json", "content-encoding": encoding });
      expect(refused).toMatchObject({ status: 415, body: { detail: expect.stringContaining(encoding) } });
      expect(refused.headers.get("accept-encoding")).toBe("identity");
    }
    const plain = { "content-type": "application/json", "content-encoding": "identity" };
    expect((await put('{"records":[{"id":"ok","email":"x"}]}', plain)).status).toBe(200);
  });

  test("over the limit gets 413, with and without a declared length", async () => {
    const large = JSON.stringify({ records: [{ id: "u1", email: "x", note: "x".repeat(100_000) }] });
    const json = { "content-type": "application/json" };
    expect((await put(large, { ...json, "content-length": String(large.length) })).status).toBe(413);
    expect(await put(large, json)).toMatchObject({
      status: 413,
      body: { detail: "The body is larger than 100000 bytes." },
    });
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(10_000)) });
    expect((await put(endless, json)).status).toBe(413);
  });

  test.each([
    ['{"name":"X","name":"Y"}', "name: appears twice"],
    ['{"name":"X","clone_from":null,"clone_from":null}', "clone_from: appears twice"],
  ])("with a duplicate field gets 400: %s", async (body, detail) => {
    const headers = { "content-type": "application/json" };
    expect(await api.send("POST", "/apps/", { body, headers })).toMatchObject({ status: 400, body: { detail } });
  });

  test("nested too deep gets 400", async () => {
    const nested = (depth: number) =>
      `{"records":[{"id":"u1","email":"x","deep":${"[".repeat(depth)}${"]".repeat(depth)}}]}`;
    expect((await put(nested(20))).status).toBe(200);
    expect(await put(nested(40))).toMatchObject({
      status: 400,
      body: { detail: expect.stringMatching(/^records\[0\]\.deep.*: nested more than 32 levels deep$/) },
    });
    expect((await put(nested(40_000))).status).toBe(400);
  });

  test("with a field called __proto__ is stored unchanged and pollutes no prototype", async () => {
    const other = await api.createApp();
    const session = await api.start(other);
    await api.send("PUT", `/apps/${other}/sync/${session}/account/`, {
      body: '{"records":[{"id":"u1","email":"x","__proto__":{"polluted":true}}]}',
      headers: { "content-type": "application/json" },
    });
    await api.abandon(other, session);
    expect(JSON.stringify(await api.data(other, "account"))).toContain('"__proto__":{"polluted":true}');
    expect({}).not.toHaveProperty("polluted");
  });

  test("is ignored if the operation has none", async () => {
    expect((await api.send("POST", `/apps/${app}/sync/${syncId}/abandon/`, { body: "nonsense" })).status).toBe(204);
    syncId = await api.start(app);
  });
});

describe("parameters", () => {
  test("of the query that are invalid get 400", async () => {
    for (const query of [
      "limit=0",
      "limit=501",
      "limit=ten",
      "limit=1.5",
      "limit=",
      "offset=-1",
      "offset=1e9",
      "limit=1&limit=2",
      "status=done",
    ]) {
      expect((await api.call("GET", `/apps/${app}/tasks/?${query}`)).status, query).toBe(400);
    }
    expect((await api.call("GET", `/apps/${app}/tasks/?limit=501`)).body.detail).toBe("limit: must be <= 500, got 501");
    expect((await api.call("GET", `/apps/${app}/tasks/?limit=500&unknown=1&unknown=2`)).status).toBe(200);
  });

  test("of the path that are invalid get 404 with the reason", async () => {
    expect(await api.call("GET", "/apps/42/")).toMatchObject({
      status: 404,
      body: { detail: 'Not found: app_id: must be a uuid, got "42".' },
    });
    for (const path of [
      `/apps/${app}/sync/x/`,
      `/apps/${app}/tasks/%00/`,
      `/apps/%ZZ/`,
      `/apps/${app}/records/${"x".repeat(64)}/`,
    ]) {
      expect((await api.call("GET", path)).status, path).toBe(404);
    }
  });
});
