import { Agent, request } from "node:http";
import { connect } from "node:net";
import { once } from "node:events";
import { Client } from "pg";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { createBridge, serve } from "../src/index.ts";
import { accounts, createApi } from "./support/api.ts";
import { createDatabase, DATABASES, openBridge } from "./support/open-bridge.ts";

test("closing a server stops its Bridge first, and serves kept connections until they are told to close", async () => {
  await using bridge = await openBridge();
  const server = await serve(bridge, { port: 0, drainMs: 3_000 });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const get = (path: string) =>
    new Promise<{ status: number | undefined; connection: string | undefined; body: string }>((resolve, reject) => {
      const outgoing = request(`${server.url}${path}`, { agent }, (incoming) => {
        let body = "";
        incoming.on("data", (chunk) => (body += String(chunk)));
        incoming.on("end", () =>
          resolve({ status: incoming.statusCode, connection: incoming.headers.connection, body }),
        );
      });
      outgoing.on("error", reject);
      outgoing.end();
    });
  expect(await get("/readyz")).toMatchObject({ status: 200, connection: "keep-alive" });
  const closed = server.close();
  const last = await get("/readyz");
  expect(last).toMatchObject({ status: 503, connection: "close" });
  expect(last.body).toContain("The Bridge is stopping.");
  await closed;
  await expect(get("/readyz")).rejects.toThrow("ECONNREFUSED");
  agent.destroy();
});

test("an unused connection does not delay the end", async () => {
  const began = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const respond = async () => {
    began.resolve();
    await released.promise;
    return new Response("done");
  };
  const server = await serve({ fetch: respond, beginStop() {} }, { port: 0, drainMs: 0 });
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  await once(socket, "connect");
  const running = fetch(server.url);
  await began.promise;
  const closed = server.close();
  // It closes during the wait for a response, not when the server stops waiting and closes both.
  await once(socket, "close");
  released.resolve();
  expect(await (await running).text()).toBe("done");
  await closed;
});

test("closing a Bridge completes open requests, and later ones get an error", async () => {
  const { database, drop } = await createDatabase("pglite");
  const bridge = await createBridge({ database });
  const api = await createApi(bridge);
  const app = await api.createApp();
  const syncId = await api.start(app);
  const pushes = Array.from({ length: 20 }, (_, page) => api.push(app, syncId, "account", accounts(100, page * 100)));
  const closed = bridge.close();
  expect(new Set((await Promise.all(pushes)).map(({ status }) => status))).toEqual(new Set([200]));
  await closed;
  expect(await api.call("GET", "/apps/")).toMatchObject({ status: 503, body: { detail: "The Bridge is closed." } });
  await drop();
});

describe.each(DATABASES)("on %s", (kind) => {
  test("closing never splits a reconciliation: a session is reconciled completely, now or by the next start", async () => {
    const { database, drop } = await createDatabase(kind);
    const first = await createBridge({ database });
    const api = await createApi(first);
    const app = await api.createApp();
    const syncId = await api.start(app);
    for (let page = 0; page < 20; page++) await api.push(app, syncId, "account", accounts(100, page * 100));
    await api.complete(app, syncId);
    await first.close();
    {
      await using second = await createBridge({ database });
      const after = await createApi(second, { org: api.slug });
      await second.whenReconciled();
      expect(await after.session(app, syncId)).toMatchObject({
        status: "completed",
        progress: expect.arrayContaining([expect.objectContaining({ slug: "account", created: 2_000 })]),
      });
    }
    await drop();
  });
});

test("closing waits for the running reconciliation, and nothing fails", async () => {
  const { database, drop } = await createDatabase("postgres");
  const problems: string[] = [];
  const logger = pino({ level: "warn" }, { write: (line) => problems.push(line) });
  const bridge = await createBridge({ database, logger });
  const api = await createApi(bridge);
  const app = await api.createApp();
  const syncId = await api.start(app);
  await api.push(app, syncId, "account", accounts(10));
  const client = new Client({ connectionString: "url" in database ? database.url : "" });
  await client.connect();
  // The reconciliation writes records, so it waits for this lock.
  await client.query("begin");
  await client.query("lock table records in share mode");
  await api.complete(app, syncId);
  const waits = async () => {
    const { rows } = await client.query(
      "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
    );
    return rows.length > 0;
  };
  await expect.poll(waits).toBe(true);
  let isClosed = false;
  const closed = bridge.close().then(() => (isClosed = true));
  // Longer than the job engine waits by itself.
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  expect(isClosed).toBe(false);
  await client.query("commit");
  await closed;
  const { rows } = await client.query("select status from sync_sessions");
  expect(rows).toEqual([{ status: "completed" }]);
  expect(problems).toEqual([]);
  await client.end();
  await drop();
});
