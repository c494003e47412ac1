import { randomUUID } from "node:crypto";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { sql } from "kysely";
import { beforeAll, expect, test, vi } from "vitest";
import { openPostgres } from "../src/database/open-postgres.ts";
import { ByteBudget } from "../src/http/byte-budget.ts";
import { readBody } from "../src/http/read-body.ts";
import { createBridge } from "../src/index.ts";
import { PageTargets } from "../src/sync/pages/page-target.ts";
import { accounts, type Api, createApi } from "./support/api.ts";
import { createDatabase } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

let app: string;
const { bridge, api } = await setUpBridge();
beforeAll(async () => {
  app = await api.createApp();
});

test("a long text in place of an object is refused without being split into characters", async () => {
  const sync = await api.start(app);
  for (const field of ["memberships", "assignments"]) {
    const { status, body } = await api.push(app, sync, "account", [
      { id: "u1", email: "u1@example.com", [field]: "x".repeat(7_000_000) },
    ]);
    expect(status).toBe(400);
    expect(body.detail).toMatch(new RegExp(`^records\\[0\\].${field}: must be an object`));
  }
});

test("a record of more than 256 KiB is refused, whatever its characters", async () => {
  const sync = await api.start(app);
  const record = { id: "u1", email: "u1@example.com", note: "漢".repeat(90_000) };
  const { status, body } = await api.push(app, sync, "account", [record]);
  expect(status).toBe(422);
  expect(body.detail).toMatch(/^Record 'u1': has 27\d{4} bytes; at most 262144 are allowed$/);
});

test("a list of large records has pages of a few megabytes, and loses none", async () => {
  const other = await api.createApp({ guard: null });
  const records = accounts(80).map((record) => Object.assign(record, { note: "x".repeat(200_000) }));
  const pages = [0, 20, 40, 60].map((first) => ["account", records.slice(first, first + 20)] as const);
  expect(await api.sync(other, pages)).toMatchObject({ status: "completed" });
  const ids: string[] = [];
  let address = `/apps/${other}/records/account/?limit=500`;
  for (let count = 0; address !== ""; count++) {
    const { body } = await api.call("GET", address);
    expect(JSON.stringify(body).length).toBeLessThan(10_000_000);
    ids.push(...body.records.map(({ data }: { data: { id: string } }) => data.id));
    address = body.next ?? "";
    expect(count).toBeLessThan(5);
  }
  expect(ids.toSorted()).toEqual(records.map(({ id }) => id).toSorted());
});

test("bodies share a budget: later ones wait for room, and are refused if there is none", async () => {
  const budget = new ByteBudget({ most: 100, mostEach: 100, patienceMs: 50 });
  const log: string[] = [];
  const first = await budget.take("a", 80);
  const second = budget.take("a", 30).then((release) => (log.push("second"), release));
  const refusal = { status: 503, headers: { "retry-after": "1" } };
  await Promise.all([
    expect(second).rejects.toMatchObject(refusal),
    expect(budget.take("a", 1000)).rejects.toMatchObject(refusal),
  ]);
  const third = budget.take("a", 30).then((release) => (log.push("third"), release));
  first();
  first();
  (await third)();
  expect(log).toEqual(["third"]);
  // A body larger than the budget reserves all of it.
  (await budget.take("a", 1000))();
  (await budget.take("a", 100))();
});

test("bodies of one organisation leave room for those of others, and a large one is not overtaken for ever", async () => {
  const budget = new ByteBudget({ most: 100, mostEach: 60, patienceMs: 10_000 });
  const first = await budget.take("slow", 60);
  const gone = new AbortController();
  const waiting = budget.take("slow", 1, gone.signal);
  const small = await budget.take("other", 40);
  const log: string[] = [];
  const large = budget.take("large", 50).then((release) => (log.push("large"), release));
  const late = budget.take("late", 1).then((release) => (log.push("late"), release));
  small();
  gone.abort();
  await expect(waiting).rejects.toThrow("The client has gone");
  first();
  (await large)();
  (await late)();
  expect(log).toEqual(["large", "late"]);
});

test("bodies that stall in one organisation delay no other one", async () => {
  const stalled = await createApi(bridge);
  const ends: (() => void)[] = [];
  const calls = Array.from({ length: 20 }, () => {
    const body = new ReadableStream({ start: (controller) => void ends.push(() => controller.close()) });
    const headers = { "content-type": "application/json" };
    return stalled.send("POST", "/apps/", { body, headers, duplex: "half" });
  });
  await expect.poll(() => ends.length).toBe(20);
  expect((await api.call("POST", "/apps/", { name: "Quick" })).status).toBe(201);
  for (const end of ends) end();
  for (const { status } of await Promise.all(calls)) expect(status).toBe(400);
});

test.each([{ "content-length": "1000" }, {}])("a body that stalls is given up: %j", async (length) => {
  const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode("{")) });
  const headers = { "content-type": "application/json", ...(length as Record<string, string>) };
  const request = new Request("http://bridge.test/", { method: "POST", body, headers, duplex: "half" });
  await expect(readBody(request, 1000, { graceMs: 1 })).rejects.toMatchObject({
    status: 408,
    headers: { connection: "close" },
  });
});

test("bodies that stall in two organisations are given up once a third one waits", async () => {
  const stalling = [await createApi(bridge), await createApi(bridge)];
  const bodies: ReadableStreamDefaultController[] = [];
  const calls = stalling.flatMap((one) =>
    Array.from({ length: 4 }, async () => {
      const body = new ReadableStream({ pull: (controller) => void bodies.push(controller) }, { highWaterMark: 0 });
      const headers = { "content-type": "application/json" };
      return (await one.send("POST", "/apps/", { body, headers, duplex: "half" })).status;
    }),
  );
  await expect.poll(() => bodies.length).toBe(8);
  expect((await api.call("POST", "/apps/", { name: "Quick" })).status).toBe(201);
  expect(await Promise.race(calls)).toBe(408);
  for (const body of bodies) body.error(new Error("The client has gone."));
  for (const status of await Promise.all(calls)) expect([400, 408]).toContain(status);
});

test("HEAD of the events leaves no listener behind, and neither does a client that has gone already", async () => {
  const headers = { authorization: `Api-Key ${api.key}` };
  const before = await listeners();
  for (let round = 0; round < 3; round++) {
    const head = await bridge.fetch(new Request(`${api.base}/events/`, { method: "HEAD", headers }));
    expect(head.status).toBe(200);
    await bridge.fetch(new Request(`${api.base}/events/`, { headers, signal: AbortSignal.abort() }));
  }
  await expect.poll(listeners).toBe(before);
});

/** The number of event listeners, by the metrics. */
async function listeners(): Promise<number> {
  const response = await bridge.fetch(new Request("http://bridge.test/metrics"));
  return Number(/^bridge_event_listeners (\d+)$/m.exec(await response.text())?.[1]);
}

test("unknown keys are refused before they reach the database; a known key still works", async () => {
  await api.call("GET", "/apps/");
  const guess = () => `bk_${randomUUID().replaceAll("-", "").slice(0, 16)}_${"A".repeat(43)}`;
  const call = async (key: string) =>
    bridge.fetch(new Request(`${api.base}/apps/`, { headers: { authorization: `Api-Key ${key}` } }), {
      address: "192.0.2.1",
    });
  // All within one second, however long this machine takes.
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
  const guesses = await Promise.all(Array.from({ length: 400 }, () => call(guess()))).finally(() => vi.useRealTimers());
  const statuses = guesses.map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(100);
  expect(new Set(statuses)).toEqual(new Set([401, 429]));
  expect(guesses.find(({ status }) => status === 429)?.headers.get("retry-after")).toBe("1");
  expect((await call(api.key)).status).toBe(200);
});

test("a key that is revoked while it waits gets no task, and the next one in the queue does", async () => {
  await api.sync(app, [["account", accounts(1)]]);
  const revoked = await createApi(bridge, { org: api.slug, role: "connector" });
  const wait = { headers: { prefer: "wait=30", "content-type": "application/json" } };
  const claim = (by: Api, runner: string) =>
    by.send("POST", `/apps/${app}/tasks/claim/`, {
      ...wait,
      body: JSON.stringify({ runner, limit: 1, lease_seconds: 60 }),
    });
  const first = claim(revoked, "one");
  const listed = revoked.send("GET", `/apps/${app}/tasks/?status=pending`, wait);
  // Both wait by now: a later call that gets its response came after them.
  await api.call("GET", `/apps/${app}/tasks/`);
  const second = claim(api, "two");
  await api.call("GET", `/apps/${app}/tasks/`);
  await api.call("DELETE", `/keys/${revoked.keyId}/`);
  const { body: task } = await api.call("POST", `/apps/${app}/tasks/`, {
    action: "suspend_account",
    payload: { account: { id: "u0" } },
  });
  expect((await second).body.tasks).toMatchObject([{ id: task.id }]);
  expect(await first).toMatchObject({ status: 403, body: { detail: expect.stringContaining("revoked") } });
  expect(await listed).toMatchObject({ status: 403 });
});

test("the cache of pages' targets is emptied once a session gets no more pages", async () => {
  const { database: options, drop } = await createDatabase("postgres");
  const url = "url" in options ? options.url : "";
  await using own = await createBridge({ database: { kind: "postgres", url } });
  const caller = await createApi(own);
  const appId = await caller.createApp();
  const syncId = await caller.start(appId);
  const database = await openPostgres({ url, onError: () => {} });
  const { rows } = await sql<{ org_id: string }>`select org_id from apps`.execute(database.kysely);
  const targets = new PageTargets(database.kysely, 20);
  await targets.find({ orgId: rows[0]!.org_id, appId, syncId });
  expect(targets.size).toBe(1);
  await expect.poll(() => targets.size).toBe(0);
  await database.close();
  await own.close();
  await drop();
});

/** A connection to a PostgreSQL that can be made to swallow everything. */
async function openProxy(url: string) {
  const { port, hostname } = new URL(url);
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((socket) => {
    const upstream = connect(Number(port), hostname);
    for (const each of [socket, upstream]) {
      sockets.add(each);
      each.on("error", () => {});
    }
    const dead = () => isSilent && silenced.has(socket);
    socket.on("data", (chunk) => dead() || upstream.write(chunk));
    upstream.on("data", (chunk) => dead() || socket.write(chunk));
    socket.on("close", () => upstream.destroy());
    upstream.on("close", () => dead() || socket.destroy());
    open.add(socket);
  });
  const open = new Set<Socket>();
  const silenced = new Set<Socket>();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const target = new URL(url);
  target.port = String((server.address() as AddressInfo).port);
  return {
    url: target.href,
    /** The current connections pass nothing on any more. */
    silence() {
      isSilent = true;
      for (const socket of open) silenced.add(socket);
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test("the database ends a statement that takes too long, except in a reconciliation, which has more time", async () => {
  const { database: options, drop } = await createDatabase("postgres");
  const url = "url" in options ? options.url : "";
  const database = await openPostgres({ url, onError: () => {}, timeouts: { statement: 1_000 } });
  await expect(sql`select pg_sleep(600)`.execute(database.kysely)).rejects.toMatchObject({ code: "57014" });
  await database.kysely.transaction().execute(async (transaction) => {
    await database.tuneReconciliation(transaction);
    await sql`select pg_sleep(2.5)`.execute(transaction);
  });
  await database.close();
  await drop();
});

test("connections that no longer respond are replaced, and closing does not wait for them", async () => {
  const { database: options, drop } = await createDatabase("postgres");
  const proxy = await openProxy("url" in options ? options.url : "");
  const lost: Error[] = [];
  const database = await openPostgres({
    url: proxy.url,
    onError: (error) => lost.push(error),
    timeouts: { statement: 1_000, silence: 6_000, close: 400 },
  });
  const ask = () => sql`select 1 as one`.execute(database.kysely);
  // Until all respond: a machine may stand still for as long as a connection may be silent.
  await expect
    .poll(() =>
      Promise.all(Array.from({ length: 10 }, ask)).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  proxy.silence();
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, ask));
  expect(outcomes.filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
  const responds = () =>
    ask().then(
      () => true,
      () => false,
    );
  for (let round = 0; round < 10; round++) await expect.poll(responds).toBe(true);
  expect(lost.map(({ message }) => message).join()).toContain("it does not respond");

  void database.kysely
    .transaction()
    .execute(async (transaction) => {
      await database.tuneReconciliation(transaction);
      proxy.silence();
      await sql`select 1`.execute(transaction);
    })
    .catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 100));
  await database.close();
  proxy.close();
  await drop();
});
