import { randomUUID } from "node:crypto";
import { createSchemaSlowly } from "@bridgekit/test-postgres";
import { Client } from "pg";
import { expect, test } from "vitest";
import { migrations } from "../src/database/migrations.ts";
import { createBridge } from "../src/index.ts";
import { accounts } from "./support/api.ts";
import { createDatabase, silent } from "./support/open-bridge.ts";
import { startServer, type ServerProcess } from "./support/server-process.ts";

const ORG = "main";

/** Calls one of several servers with the key of the organisation. */
async function call({ url }: ServerProcess, key: string | undefined, method: string, path: string, body?: object) {
  const response = await fetch(`${url}/org/${ORG}/api/v1/bridge${path}`, {
    method,
    headers: { authorization: `Api-Key ${key}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

async function query<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

test("a server starts while another one makes the schema of the jobs", async () => {
  const { database, drop } = await createDatabase("postgres");
  const other = await createSchemaSlowly("url" in database ? database.url : "", "pgboss");
  const starting = createBridge({ database, logger: silent });
  await other.commitOnceAwaited();
  await (await starting).close();
  await drop();
});

test("a sync continues through other servers if one dies in the middle, and is reconciled once", async () => {
  const { database, drop } = await createDatabase("postgres");
  const url = "url" in database ? database.url : "";
  const first = await startServer(database, ORG);
  const { key } = first;
  const [second, third] = await Promise.all([startServer(database), startServer(database)]);
  const app = (await call(first, key, "POST", "/apps/", { name: "HR" })).body.id;
  await call(second, key, "POST", `/apps/${app}/resource-types/`, { slug: "account", name: "A", type: "account" });
  const syncId = (await call(third, key, "POST", `/apps/${app}/sync/`)).body.sync_id;
  const push = (server: ServerProcess, page: number) =>
    call(server, key, "PUT", `/apps/${app}/sync/${syncId}/account/`, { records: accounts(100, page * 100) });

  const servers = [first, second, third];
  const acknowledged = await Promise.all(
    Array.from({ length: 9 }, (_, page) => push(servers[page % 3] ?? first, page)),
  );
  expect(acknowledged.map(({ status }) => status)).toEqual(Array(9).fill(200));
  // It dies with pages in flight, which the client sends again to another server.
  const cut = [9, 10, 11, 12].map((page) => push(first, page).catch(() => undefined));
  await first.kill();
  await Promise.all(cut);
  for (const page of [9, 10, 11, 12]) expect((await push(second, page)).status).toBe(200);
  const ends = await Promise.all(
    [second, third].map((server) => call(server, key, "POST", `/apps/${app}/sync/${syncId}/complete/`)),
  );
  expect(ends.map(({ status }) => status)).toEqual([202, 202]);

  const read = async () => (await call(third, key, "GET", `/apps/${app}/sync/${syncId}/`)).body;
  await expect.poll(async () => (await read()).status).toBe("completed");
  expect((await read()).progress).toMatchObject([{ slug: "account", synced_count: 1_300, created: 1_300, removed: 0 }]);
  // A second reconciliation would have made a second version.
  expect(await query(url, "select live_version from apps")).toEqual([{ live_version: 1 }]);
  await Promise.all([second.kill(), third.kill()]);
  await drop();
});

test("a reconciliation that dies with its server is done once by another one", async () => {
  const { database, drop } = await createDatabase("postgres");
  const url = "url" in database ? database.url : "";
  const [first, second] = [await startServer(database, ORG), await startServer(database)];
  const { key } = first;
  const app = (await call(first, key, "POST", "/apps/", { name: "HR" })).body.id;
  await call(first, key, "POST", `/apps/${app}/resource-types/`, { slug: "account", name: "A", type: "account" });
  for (let round = 0; round < 5; round++) {
    const syncId = (await call(second, key, "POST", `/apps/${app}/sync/`)).body.sync_id;
    for (let page = 0; page < 10; page++) {
      const records = accounts(100, page * 100).map(({ id }) => ({ id, username: `${id}-${round}` }));
      await call(second, key, "PUT", `/apps/${app}/sync/${syncId}/account/`, { records });
    }
    await using doomed = await startServer(database);
    await call(doomed, key, "POST", `/apps/${app}/sync/${syncId}/complete/`);
    await doomed.kill();
    await expect
      .poll(async () => (await call(second, key, "GET", `/apps/${app}/sync/${syncId}/`)).body.status)
      .toBe("completed");
    expect(await query(url, "select live_version from apps")).toEqual([{ live_version: round + 1 }]);
    const [record] = (await call(second, key, "GET", `/apps/${app}/records/account/?limit=1`)).body.records;
    expect(record.data.username).toBe(`u0-${round}`);
  }
  await Promise.all([first.kill(), second.kill()]);
  await drop();
});

test("ten servers that start together on an empty database all become ready, and migrate it once", async () => {
  const { database, drop } = await createDatabase("postgres");
  const url = "url" in database ? database.url : "";
  const started = await Promise.allSettled(Array.from({ length: 10 }, () => startServer(database)));
  const servers = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  try {
    expect(servers).toHaveLength(10);
    const migrated = await query<{ name: string }>(url, "select name from bridge_migrations order by name");
    expect(migrated.map(({ name }) => name)).toEqual(Object.keys(migrations));
    await using administrator = await startServer(database, ORG);
    for (const server of servers) {
      const { status } = await call(server, administrator.key, "POST", "/apps/", { name: `App ${randomUUID()}` });
      expect(status).toBe(201);
    }
  } finally {
    await Promise.all(servers.map((server) => server.kill()));
    await drop();
  }
});
