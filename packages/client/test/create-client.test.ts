import { expect, expectTypeOf, test } from "vitest";
import {
  createClient,
  readNetworkFailure,
  isApiError,
  isPathSegmentError,
  isUnreachableError,
  type Task,
} from "../src/index.ts";
import { BASE, KEY, observed } from "./support/observed-client.ts";

const APP = "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11";

const task = (id: string): Task => ({
  id,
  action: "suspend_account",
  resource_type: "account",
  status: "pending",
  execute_after: "2026-11-15T10:00:00.000Z",
  created_at: "2026-11-15T10:00:00.000Z",
  payload: { account: { id: "1" } },
});

test("a call goes to the organisation's base URL, with the key and the trailing slash", async () => {
  const { client, requests } = observed({
    "POST /apps/": () => Response.json({ id: APP, name: "HR" }, { status: 201 }),
  });
  expect(await client.createApp({ name: "HR" })).toMatchObject({ id: APP });
  expect(requests[0]!.url).toBe(`${BASE}/api/v1/bridge/apps/`);
  expect(requests[0]!.headers.get("authorization")).toBe(`Api-Key ${KEY}`);
  expect(await requests[0]!.json()).toEqual({ name: "HR" });
});

test.each(["tasks", "results"])("listTasks reads %s and follows the pages", async (name) => {
  const next = `${BASE}/api/v1/bridge/apps/${APP}/tasks/?status=pending&limit=2&offset=2`;
  const { client, requests } = observed({
    [`GET /apps/${APP}/tasks/?status=pending&limit=2`]: () =>
      Response.json({ [name]: [task("1"), task("2")], count: 3, next, previous: null }),
    [`GET /apps/${APP}/tasks/?status=pending&limit=2&offset=2`]: () =>
      Response.json({ [name]: [task("3")], count: 3, next: null, previous: null }),
  });
  const tasks = await Array.fromAsync(client.listTasks(APP, { status: "pending", pageSize: 2 }));
  expect(tasks.map(({ id }) => id)).toEqual(["1", "2", "3"]);
  expect(requests).toHaveLength(2);
  expectTypeOf(tasks).toEqualTypeOf<Task[]>();
});

test("the guide's response without count and links is read as well", async () => {
  const { client } = observed({ [`GET /apps/${APP}/tasks/`]: () => Response.json({ tasks: [task("1")] }) });
  expect(await Array.fromAsync(client.listTasks(APP))).toHaveLength(1);
});

test("a link to another host is followed on the Bridge's host: the key goes nowhere else", async () => {
  const { client, requests } = observed({
    [`GET /apps/${APP}/tasks/`]: () =>
      Response.json({ tasks: [], next: `http://10.0.0.7/org/acme/api/v1/bridge/apps/${APP}/tasks/?offset=50` }),
    [`GET /apps/${APP}/tasks/?offset=50`]: () => Response.json({ tasks: [task("1")], next: null }),
  });
  expect(await Array.fromAsync(client.listTasks(APP))).toHaveLength(1);
  expect(requests.map(({ url }) => new URL(url).host)).toEqual(["bridge.example.com", "bridge.example.com"]);
});

test("pages that link in a circle and responses that are no page are errors", async () => {
  const next = `${BASE}/api/v1/bridge/apps/${APP}/tasks/?offset=50`;
  const { client } = observed({
    [`GET /apps/${APP}/tasks/`]: () => Response.json({ tasks: [], next }),
    [`GET /apps/${APP}/tasks/?offset=50`]: () => Response.json({ tasks: [], next }),
    "GET /apps/?limit=100": () => Response.json({ maintenance: true }),
  });
  await expect(Array.fromAsync(client.listTasks(APP))).rejects.toThrow("link in a circle");
  await expect(Array.fromAsync(client.listApps())).rejects.toThrow('without "apps" or "results"');
});

test("an error response is an ApiError with status, detail and Retry-After, and without the key", async () => {
  const { client } = observed({
    [`PUT /apps/${APP}/sync/s1/account/`]: () => Response.json({ detail: "Record 'u1' is odd" }, { status: 422 }),
    [`POST /apps/${APP}/sync/`]: () =>
      new Response("<h1>Too many</h1>", { status: 429, headers: { "retry-after": "7", "content-type": "text/html" } }),
  });
  const refused = await client
    .pushPage(APP, "s1", "account", [{ id: "u1", email: "a@example.com" }])
    .catch((error: unknown) => error);
  if (!isApiError(refused)) throw new Error("an ApiError was due");
  expect(refused).toMatchObject({ status: 422, detail: "Record 'u1' is odd" });
  expect(refused.message).toBe(
    `The Bridge returned 422 to PUT /org/acme/api/v1/bridge/apps/${APP}/sync/s1/account/: Record 'u1' is odd`,
  );
  expect(JSON.stringify(refused) + String(refused.stack)).not.toContain(KEY);
  await expect(client.startSync(APP)).rejects.toMatchObject({ status: 429, retryAfterSeconds: 7 });
});

test("a missing, incomplete or non-JSON response is an UnreachableError that names the Bridge", async () => {
  const cut = () => new Response('{"id": "7f', { headers: { "content-type": "application/json" } });
  const { client } = observed({ [`GET /apps/${APP}/`]: cut });
  expect(isUnreachableError(await client.getApp(APP).catch((error: unknown) => error))).toBe(true);

  const dead = createClient({
    baseUrl: BASE,
    apiKey: KEY,
    fetch: () => Promise.reject(new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") })),
  });
  await expect(dead.getApp(APP)).rejects.toThrow(`The Bridge at ${BASE} could not be reached: connect ECONNREFUSED`);
});

test("complete and abandon accept responses with and without a body", async () => {
  const { client } = observed({
    [`POST /apps/${APP}/sync/s1/complete/`]: () => new Response(null, { status: 202 }),
    [`POST /apps/${APP}/sync/s1/abandon/`]: () => new Response(null, { status: 204 }),
  });
  await client.completeSync(APP, "s1");
  await client.abandonSync(APP, "s1");
});

test("only the first page of a list that may wait asks to wait", async () => {
  const next = `${BASE}/api/v1/bridge/apps/${APP}/tasks/?status=pending&offset=1`;
  const { client, requests } = observed({
    [`GET /apps/${APP}/tasks/?status=pending`]: () => Response.json({ tasks: [task("1")], next }),
    [`GET /apps/${APP}/tasks/?status=pending&offset=1`]: () => Response.json({ tasks: [], next: null }),
  });
  await Array.fromAsync(client.listTasks(APP, { status: "pending", waitSeconds: 30 }));
  expect(requests.map(({ headers }) => headers.get("prefer"))).toEqual(["wait=30", null]);
});

test("a claim sends the runner and how long to wait, and returns the tasks", async () => {
  const { client, requests } = observed({
    [`POST /apps/${APP}/tasks/claim/`]: () => Response.json({ tasks: [task("1")] }),
    [`DELETE /apps/${APP}/tasks/1/`]: () => new Response(null, { status: 204 }),
  });
  const claim = { runner: "r1", limit: 10, lease_seconds: 120 };
  expect(await client.claimTasks(APP, claim, { waitSeconds: 30 })).toEqual([task("1")]);
  expect(await requests[0]!.json()).toEqual(claim);
  expect(requests[0]!.headers.get("prefer")).toBe("wait=30");
  await client.claimTasks(APP, claim);
  expect(requests[1]!.headers.has("prefer")).toBe(false);
  await client.cancelTask(APP, "1");
});

test("an abort error is rethrown unchanged", async () => {
  const { client } = observed({ [`GET /apps/${APP}/`]: () => Response.json({}) });
  const signal = AbortSignal.abort();
  await expect(client.getApp(APP, { signal })).rejects.toMatchObject({ name: "AbortError" });
});

test("what is not in the contract does not compile", () => {
  const { client } = observed({});
  // @ts-expect-error no such status
  void (() => client.listTasks(APP, { status: "open" }));
  // @ts-expect-error an account has an email or a username
  void (() => client.pushPage(APP, "s1", "account", [{ id: "u1" }]));
  // @ts-expect-error no such action
  void (() => client.createTask(APP, { action: "fire_account", payload: { account: { id: "1" } } }));
});

test("any text body is accepted where only the success of the call matters", async () => {
  const { client } = observed({
    [`POST /apps/${APP}/sync/s1/abandon/`]: () => new Response("OK"),
    [`POST /apps/${APP}/sync/s1/complete/`]: () => new Response("OK"),
    [`DELETE /apps/${APP}/tasks/1/`]: () => new Response("OK"),
    [`PATCH /apps/${APP}/tasks/1/status/`]: () => new Response("OK"),
  });
  await client.abandonSync(APP, "s1");
  await client.completeSync(APP, "s1");
  await client.cancelTask(APP, "1");
  expect(await client.reportTask(APP, "1", { status: "completed" })).toBeUndefined();
});

test("an HTML page is not accepted as the response to complete", async () => {
  const page = () =>
    new Response("<title>Sign in</title>", { headers: { "content-type": "text/html; charset=utf-8" } });
  const { client } = observed({ [`POST /apps/${APP}/sync/s1/complete/`]: page });
  await expect(client.completeSync(APP, "s1")).rejects.toThrow("it returned an HTML page");
});

test.each([".", "..", "%2e", "%2E%2e", ".%2e", "", "\ud800"])(
  "the id %j is refused before anything is sent",
  async (id) => {
    const { client, requests } = observed({});
    const list = (rows: AsyncIterable<unknown>) => Array.fromAsync(rows);
    const calls: (() => Promise<unknown>)[] = [
      () => client.getApp(id),
      () => client.deleteApp(id),
      () => client.updateResourceType(APP, id, { name: "Team" }),
      () => client.startSync(id),
      () => client.pushPage(APP, "s1", id, []),
      () => client.pushBody(id, "s1", "team", "{}"),
      () => client.completeSync(APP, id),
      () => client.abandonSync(APP, id),
      () => client.discardSync(APP, id),
      () => list(client.listTasks(id)),
      () => client.claimTasks(id, { runner: "r" }),
      () => client.getTask(APP, id),
      () => client.cancelTask(APP, id),
      () => client.reportTask(APP, id, { status: "completed" }),
      () => client.getRecord(APP, "account", id),
      () => list(client.listRecords(APP, id)),
      () => list(client.listChanges(APP, id)),
      () => client.revokeKey(id),
    ];
    for (const call of calls) {
      const error: unknown = await call().catch((thrown: unknown) => thrown);
      expect(isPathSegmentError(error), String(error)).toBe(true);
    }
    expect(requests).toEqual([]);
  },
);

test("an id with a slash, a space or dots inside is sent as one segment", async () => {
  const { client, requests } = observed({
    [`GET /apps/${APP}/records/account/a%2F..%20b%3F/`]: () => Response.json({ id: "a/.. b?" }),
  });
  expect(await client.getRecord(APP, "account", "a/.. b?")).toMatchObject({ id: "a/.. b?" });
  expect(requests).toHaveLength(1);
});

test("an unused proxy is mentioned if a host can't be reached, and only then", () => {
  const failure = (code: string, address = "192.0.2.7") => {
    const cause = Object.assign(new Error(`connect ${code} ${address}:443`), { code, address });
    return new TypeError("fetch failed", { cause });
  };
  const reason = (error: unknown, environment: Record<string, string>) => readNetworkFailure(error, environment).reason;
  const proxied = { HTTPS_PROXY: "http://proxy.example.com:3128" };
  expect(reason(failure("ECONNREFUSED"), proxied)).toBe(
    "connect ECONNREFUSED 192.0.2.7:443; HTTPS_PROXY is set, but Node uses it only if NODE_USE_ENV_PROXY=1 is also set",
  );
  const plain = (code: string) => `connect ${code} 192.0.2.7:443`;
  expect(reason(failure("ECONNREFUSED"), {})).toBe(plain("ECONNREFUSED"));
  expect(reason(failure("ECONNREFUSED"), { ...proxied, NODE_USE_ENV_PROXY: "1" })).toBe(plain("ECONNREFUSED"));
  expect(reason(failure("ECONNRESET"), proxied)).toBe(plain("ECONNRESET"));
  expect(reason(failure("ECONNREFUSED", "127.0.0.1"), proxied)).not.toContain("HTTPS_PROXY");
});

test("a proxy's page is distinguished from the Bridge's own error", async () => {
  const { client } = observed({
    "GET /apps/1/": () => Response.json({ detail: "No app has the id 1." }, { status: 404 }),
    "GET /apps/2/": () => new Response("<html>", { status: 404, headers: { "content-type": "text/html" } }),
    "GET /apps/3/": () => Response.json({ message: "no Route matched" }, { status: 404 }),
  });
  const isFromBridge = async (id: string) => {
    const error: unknown = await client.getApp(id).catch((thrown: unknown) => thrown);
    return isApiError(error) && error.isFromBridge;
  };
  expect(await Promise.all(["1", "2", "3"].map(isFromBridge))).toEqual([true, false, false]);
});

test("a call that creates something sends a new idempotency key, or the one given", async () => {
  const { client, requests } = observed({
    [`POST /apps/${APP}/tasks/`]: () => Response.json(task("1"), { status: 201 }),
    [`POST /apps/${APP}/sync/`]: () => Response.json({ sync_id: "s1" }, { status: 201 }),
  });
  const create = { action: "suspend_account", payload: { account: { id: "u1" } } } as const;
  await client.createTask(APP, create);
  await client.createTask(APP, create);
  await client.startSession(APP, { idempotencyKey: "start-1" });
  await client.startSession(APP, { idempotencyKey: "start-1" });
  const keys = requests.map(({ headers }) => headers.get("idempotency-key"));
  expect(keys).toEqual([expect.any(String), expect.any(String), "start-1", "start-1"]);
  expect(keys[0]).not.toBe(keys[1]);
});
