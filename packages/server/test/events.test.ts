import { createClient, type ReceivedEvent } from "@bridgekit/client";
import { Client } from "pg";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { type Bridge, createBridge } from "../src/index.ts";
import { accounts, type Api, createApi } from "./support/api.ts";
import { createDatabase, DATABASES, openBridge } from "./support/open-bridge.ts";
import { createTaskApp } from "./support/tasks.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

/** The raw stream of a caller. */
async function open(bridge: Bridge, api: Api, lastEventId?: string) {
  const gone = new AbortController();
  const headers = {
    authorization: `Api-Key ${api.key}`,
    ...(lastEventId !== undefined && { "last-event-id": lastEventId }),
  };
  const response = await bridge.fetch(new Request(`${api.base}/events/`, { headers, signal: gone.signal }));
  const reader = response.body!.pipeThrough(new TextDecoderStream() as never).getReader() as {
    read(): Promise<{ value?: string; done: boolean }>;
    cancel(): Promise<void>;
  };
  /** Reads until this many events have come, and returns their ids. */
  async function ids(count: number): Promise<number[]> {
    let text = "";
    const found = () => [...text.matchAll(/^id: (\d+)\nevent: /gm)].map(([, id]) => Number(id));
    while (found().length < count) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`the stream ended after ${found().length} of ${count} events`);
      text += value;
    }
    return found();
  }
  return { response, reader, ids, leave: () => gone.abort() };
}

describe.each(DATABASES)("events on %s", async (kind) => {
  const { bridge, api } = await setUpBridge(kind, { now: () => new Date("2026-01-01T00:00:00Z") });

  test("a listener gets the events of syncs and tasks in the order in which they happened", async () => {
    const tasks = await createTaskApp(api);
    const client = createClient({
      baseUrl: `http://bridge.test/org/${api.slug}`,
      apiKey: api.key,
      fetch: async (input, init) => bridge.fetch(new Request(input, init)),
    });
    const received: ReceivedEvent[] = [];
    const stop = new AbortController();
    const following = (async () => {
      for await (const event of client.streamEvents({ signal: stop.signal })) received.push(event);
    })().catch((error: unknown) => error);
    // The first event proves that it is connected.
    await expect
      .poll(async () => {
        await api.start(tasks.app);
        return received.length;
      })
      .toBeGreaterThan(0);
    received.length = 0;

    const syncId = await api.start(tasks.app);
    await api.push(tasks.app, syncId, "account", accounts(10));
    const progress = () => received.filter(({ type }) => type === "sync.progress").length;
    await expect.poll(progress).toBe(1);
    await api.push(tasks.app, syncId, "account", accounts(20));
    // The last page of a sync is told too, though a little later.
    await expect.poll(progress).toBe(2);
    const done = await tasks.create("u0");
    const failed = await tasks.create("u1", { execute_after: "2026-01-02T00:00:00Z" });
    await tasks.claim("r1");
    await tasks.report(done.id);
    await tasks.cancel(failed.id);
    await expect.poll(() => received.filter(({ type }) => type === "task.ended").length).toBe(2);
    stop.abort();
    await following;

    const base = { at: "2026-01-01T00:00:00.000Z", app_id: tasks.app, id: expect.any(String) };
    const sync = { ...base, sync_id: syncId, status: "in_progress" };
    const task = (id: string) => ({ ...base, task_id: id, action: "suspend_account" });
    expect(received.filter(({ sync_id, task_id }) => sync_id === syncId || task_id !== undefined)).toEqual([
      { ...sync, type: "sync.started" },
      { ...sync, type: "sync.progress", counts: [{ slug: "account", synced_count: 10 }] },
      { ...sync, type: "sync.progress", counts: [{ slug: "account", synced_count: 30 }] },
      { ...task(done.id), type: "task.created", status: "pending", is_revocation: true },
      { ...task(failed.id), type: "task.created", status: "scheduled", is_revocation: true },
      { ...task(done.id), type: "task.claimed", status: "pending" },
      { ...task(done.id), type: "task.ended", status: "completed" },
      { ...task(failed.id), type: "task.ended", status: "failed", error_code: "INTERNAL_ERROR" },
    ]);
  });

  test("a stream begins with the id that it continues after, in the format of server-sent events", async () => {
    const own = await createApi(bridge);
    const tasks = await createTaskApp(own);
    const { response, reader, leave } = await open(bridge, own);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const { value: beginning = "" } = await reader.read();
    const [, last] = /^: events after (\d+)\nid: \1\n\n$/.exec(beginning)!;
    const { id } = await tasks.create("u0");
    const { value = "" } = await reader.read();
    const [, sequence, data] = /^id: (\d+)\nevent: task\.created\ndata: (.*)\n\n$/.exec(value)!;
    expect(Number(sequence)).toBe(Number(last) + 1);
    expect(JSON.parse(data!)).toMatchObject({ type: "task.created", task_id: id });
    leave();
    expect(await reader.read()).toMatchObject({ done: true });
  });

  test("Last-Event-ID continues after that event, and an unknown one starts now", async () => {
    const own = await createApi(bridge);
    const tasks = await createTaskApp(own);
    for (let n = 0; n < 5; n++) await tasks.create("u0");
    const all = await open(bridge, own, "0");
    const seen = await all.ids(6);
    expect(seen.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6].map((n) => n + seen[0]! - 1));
    const last = seen.at(-1)!;
    const middle = await open(bridge, own, String(last - 2));
    expect(await middle.ids(2)).toEqual([last - 1, last]);

    const streams = await Promise.all(
      ["nonsense", "-1", "1.5", "007", String(last + 1000), "999999999999999999999"].map((id) => open(bridge, own, id)),
    );
    for (const { reader } of streams) expect((await reader.read()).value).toContain(`id: ${last}\n`);
    await tasks.create("u0");
    for (const { ids, leave } of streams) {
      expect(await ids(1)).toEqual([last + 1]);
      leave();
    }
    all.leave();
    middle.leave();
  });

  test("organisations get no events of each other", async () => {
    const own = await createApi(bridge);
    const tasks = await createTaskApp(own);
    const others = await createTaskApp(await createApi(bridge));
    const { reader, leave } = await open(bridge, own);
    await reader.read();
    await others.create("u0");
    const { id } = await tasks.create("u0");
    const { value = "" } = await reader.read();
    expect(value).toContain(id);
    expect(value).not.toContain(others.app);
    leave();
  });

  test("a slow client gets a page at a time and misses nothing", async () => {
    const own = await createApi(bridge);
    const tasks = await createTaskApp(own);
    const { reader, leave } = await open(bridge, own);
    const { value: beginning = "" } = await reader.read();
    const ended: Promise<unknown>[] = [];
    for (let n = 0; n < 120; n++) ended.push(tasks.create(`u${n % 10}`));
    await Promise.all(ended);
    const sizes: number[] = [];
    while (sizes.reduce((sum, size) => sum + size, 0) < 120) {
      const { value = "" } = await reader.read();
      // A comment that comes because nothing else has for a while is no event.
      sizes.push(value.match(/^event: /gm)?.length ?? 0);
    }
    expect(beginning).toContain("events after");
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(120);
    leave();
  });

  test("a stream ends when the Bridge stops", async () => {
    const stopping = await openBridge(kind);
    const own = await createApi(stopping);
    const { reader } = await open(stopping, own);
    await reader.read();
    const end = reader.read();
    await stopping.close();
    expect(await end).toMatchObject({ done: true });
  });
});

describe.each(["postgres", "yugabytedb"] as const)("two Bridges on one database, configured as %s", (backend) => {
  test("a client that reconnects again and again misses nothing and gets nothing twice", async () => {
    const { database, drop } = await createDatabase("postgres");
    const options = { database: { ...database, backend } as typeof database, logger: pino({ level: "silent" }) };
    const bridges = [await createBridge(options), await createBridge(options)] as const;
    try {
      const api = await createApi(bridges[0]);
      const tasks = await createTaskApp(api);
      const other = await createApi(bridges[1], { org: api.slug });
      const start = await open(bridges[0], api);
      const { value = "" } = await start.reader.read();
      const first = Number(/id: (\d+)/.exec(value)![1]);
      start.leave();

      const publish = async (caller: Api) => {
        for (let n = 0; n < 25; n++) {
          const task = { action: "suspend_account", payload: { account: { id: `u${n % 10}` } } };
          expect((await caller.call("POST", `/apps/${tasks.app}/tasks/`, task)).status).toBe(201);
        }
      };
      const publishing = Promise.all([publish(api), publish(api), publish(other), publish(other)]);
      const received: number[] = [];
      for (let connection = 0; received.length < 100; connection++) {
        const caller = connection % 2 === 0 ? api : other;
        const { ids, reader } = await open(bridges[connection % 2]!, caller, String(received.at(-1) ?? first));
        received.push(...(await ids(Math.min(7, 100 - received.length))));
        await reader.cancel();
      }
      await publishing;
      expect(received).toEqual(Array.from({ length: received.length }, (_, n) => first + 1 + n));
    } finally {
      await Promise.all(bridges.map((bridge) => bridge.close()));
      await drop();
    }
  });
});

test("a key that is limited to some apps gets their events and keep-alive comments until it is revoked", async () => {
  await using bridge = await openBridge("postgres");
  const api = await createApi(bridge);
  const mine = await createTaskApp(api);
  const others = await createTaskApp(api);
  const limited = await createApi(bridge, { org: api.slug, role: "connector" });
  if (bridge.database.kind !== "postgres") throw new Error("a PostgreSQL was due");
  const connection = new Client({ connectionString: bridge.database.url });
  await connection.connect();
  await connection.query("update api_keys set app_ids = array[$1]::uuid[] where id = $2", [mine.app, limited.keyId]);
  await connection.end();

  const { reader, ids } = await open(bridge, limited);
  await reader.read();
  await others.create("u0");
  const { id } = await mine.create("u0");
  const { value = "" } = await reader.read();
  expect(value).toContain(id);
  expect(value).not.toContain(others.app);
  await bridge.revokeKey(limited.keyId);

  // While much happens to other apps of the organisation it gets keep-alive comments.
  const kept = await createApi(bridge, { org: api.slug, role: "connector", appIds: [mine.app] });
  const quiet = await open(bridge, kept);
  await quiet.reader.read();
  const busy = setInterval(() => void others.create("u0"), 250);
  try {
    // A key is checked again every 15 seconds.
    await expect(ids(1)).rejects.toThrow("the stream ended");
    expect((await quiet.reader.read()).value).toBe(": still here\n\n");
  } finally {
    clearInterval(busy);
    quiet.leave();
  }
});
