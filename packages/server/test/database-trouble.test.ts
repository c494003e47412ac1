import { pino } from "pino";
import { expect, test } from "vitest";
import { migrate } from "../src/database/migrate.ts";
import { migrations } from "../src/database/migrations.ts";
import { openDatabase } from "../src/database/open-database.ts";
import { isTransientError } from "../src/database/transient-error.ts";
import { createBridge } from "../src/index.ts";
import { toLoggable } from "../src/loggable-error.ts";
import { accounts, createApi } from "./support/api.ts";
import { connect, createDatabase, openBridge } from "./support/open-bridge.ts";

const TERMINATE =
  "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";

test("a read-only PostgreSQL refuses changes with 503 and its reason, and costs no session", async () => {
  const lines: string[] = [];
  const logger = pino({ level: "error" }, { write: (line: string) => void lines.push(line) });
  await using bridge = await openBridge("postgres", { logger });
  const api = await createApi(bridge);
  const app = await api.createApp({ guard: null });
  const syncId = await api.start(app);
  await api.push(app, syncId, "account", accounts(3));
  await connect(bridge.database, async (client) => {
    const { rows } = await client.query("select current_database() as name");
    await client.query(`alter database ${rows[0].name} set default_transaction_read_only = on`);
    await client.query(TERMINATE);
    await expect.poll(async () => (await api.call("GET", "/apps/")).status).toBe(200);

    const refused = await api.complete(app, syncId);
    expect(refused).toMatchObject({ status: 503, body: { detail: expect.stringContaining("allows no changes now") } });
    expect(refused.headers.get("retry-after")).toBe("5");
    expect(lines.join("")).toContain("25006");

    // Reads work, so a load balancer may send them; an operator sees that changes do not.
    const get = (path: string) => bridge.fetch(new Request(`http://bridge.test${path}`));
    const ready = await get("/readyz");
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ status: "ready", warning: expect.stringContaining("allows no changes now") });
    expect(await (await get("/metrics")).text()).toContain("bridge_database_read_only 1");

    await client.query("set default_transaction_read_only = off");
    await client.query(`alter database ${rows[0].name} reset default_transaction_read_only`);
    await client.query(TERMINATE);
  });
  await expect.poll(async () => (await api.complete(app, syncId)).status).toBe(202);
  await bridge.whenReconciled();
  expect((await api.session(app, syncId)).status).toBe("completed");
});

test("connections that a failover left on a standby are replaced, those of the jobs too", async () => {
  await using bridge = await openBridge("postgres", { logger: pino({ level: "silent" }) });
  const api = await createApi(bridge);
  const app = await api.createApp({ guard: null });
  await connect(bridge.database, async (client) => {
    const { rows } = await client.query("select current_database() as name");
    // Sessions that begin now stay read-only, and later ones are not.
    await client.query(`alter database ${rows[0].name} set default_transaction_read_only = on`);
    await client.query(TERMINATE);
    const others = "datname = current_database() and pid <> pg_backend_pid() and application_name = 'pgboss'";
    const jobs = async () => (await client.query(`select pid from pg_stat_activity where ${others}`)).rows.length;
    await expect.poll(jobs).toBeGreaterThan(0);
    await expect
      .poll(async () => (await api.call("POST", `/apps/${app}/sync/`)).body.detail)
      .toContain("no changes now");
    await client.query("set default_transaction_read_only = off");
    await client.query(`alter database ${rows[0].name} reset default_transaction_read_only`);
  });
  await expect.poll(async () => (await api.call("POST", `/apps/${app}/sync/`)).status).toBe(201);
  expect((await api.sync(app, [["account", accounts(3)]])).status).toBe("completed");
});

test("a sync waits while PostgreSQL denies the Bridge a table", async () => {
  await using bridge = await openBridge("postgres", { logger: pino({ level: "silent" }) });
  const api = await createApi(bridge);
  const app = await api.createApp({ guard: null });
  const syncId = await api.start(app);
  await api.push(app, syncId, "account", accounts(3));
  await connect(bridge.database, async (client) => {
    const deny = `create function deny() returns trigger language plpgsql as $$
      begin raise insufficient_privilege using message = 'permission denied for table records'; end $$;
      create trigger deny before insert on records for each statement execute function deny()`;
    await client.query(deny);
    await api.complete(app, syncId);
    await expect
      .poll(() => api.session(app, syncId))
      .toMatchObject({ status: "completing", last_failure: "permission denied for table records" });
    await client.query("drop function deny() cascade");
  });
  await bridge.whenReconciled();
  expect((await api.session(app, syncId)).status).toBe("completed");
});

test("limits that an administrator sets for every transaction end no migration and no reconciliation", async () => {
  const { database, drop } = await createDatabase("postgres");
  await connect(database, async (client) => {
    const { rows } = await client.query("select current_database() as name");
    for (const limit of [
      "statement_timeout",
      "lock_timeout",
      "transaction_timeout",
      "idle_in_transaction_session_timeout",
    ])
      await client.query(`alter database ${rows[0].name} set ${limit} = '300ms'`);
    const known = { ...migrations, "9000_next": ["select pg_sleep(1)"] };
    const prepare = (kysely: Parameters<typeof migrate>[0]) => migrate(kysely, { known });
    await (await openDatabase(database, () => {}, { prepare })).close();
    await client.query("delete from bridge_migrations where name = '9000_next'");

    await using bridge = await createBridge({ database, rateLimit: null, logger: pino({ level: "silent" }) });
    const api = await createApi(bridge);
    const app = await api.createApp({ guard: null });
    await client.query(`create function wait() returns trigger language plpgsql as $$
      begin perform pg_sleep(1); return null; end $$;
      create trigger wait before insert on records for each statement execute function wait()`);
    const session = await api.sync(app, [["account", accounts(3)]]);
    expect(session).toMatchObject({ status: "completed" });
    expect(session).not.toHaveProperty("last_failure");
  });
  await drop();
});

test.each([
  ["25006", "cannot execute INSERT in a read-only transaction"],
  ["25P04", "terminating connection due to transaction timeout"],
  ["28P01", 'password authentication failed for user "bridge"'],
  ["53100", "could not extend file"],
  ["42501", "permission denied for table records"],
  ["55000", 'database "bridge" is not currently accepting connections'],
  [undefined, "Client has encountered a connection error and is not queryable"],
])("the failure %s (%s) may pass", (code, message) => {
  expect(isTransientError(Object.assign(new Error(message), code && { code }))).toBe(true);
});

test("the copies of errors that the job engine reports are logged with their message and code", () => {
  const copy = { message: "terminating connection", stack: "Error: terminating connection", code: "57P01", queue: "q" };
  expect(toLoggable(copy)).toMatchObject({ message: "terminating connection", code: "57P01" });
});
