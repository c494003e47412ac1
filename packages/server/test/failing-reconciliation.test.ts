import { Client } from "pg";
import { expect, test, vi } from "vitest";
import type { Bridge, DatabaseOptions } from "../src/index.ts";
import { accounts, type Api, createApi } from "./support/api.ts";
import { connect, openBridge } from "./support/open-bridge.ts";

/** Makes a reconciliation fail at a record for whose id the body of a function returns false. */
async function poison({ database }: { database: DatabaseOptions }, body: string): Promise<void> {
  const client = new Client({ connectionString: "url" in database ? database.url : "" });
  await client.connect();
  // A sequence keeps its count when the reconciliation is rolled back.
  await client.query(`
    create sequence attempts_of_first;
    create sequence attempts_of_second;
    create sequence observations;
    create function is_healthy(id text) returns boolean language plpgsql as $$ begin ${body}; end $$;
    alter table records add constraint is_healthy check (is_healthy(id));
  `);
  await client.end();
}

/** Ends two sessions right after each other, so that there are two jobs; returns both once they are reconciled. */
async function syncTwice(bridge: Bridge, api: Api, app: string, ids: readonly string[]) {
  const syncIds: string[] = [];
  for (const id of ids) {
    const syncId = await api.start(app);
    await api.push(app, syncId, "account", [...accounts(3), { id, email: "x" }]);
    await api.complete(app, syncId);
    syncIds.push(syncId);
  }
  await bridge.whenReconciled();
  return Promise.all(syncIds.map((syncId) => api.session(app, syncId)));
}

test("a reconciliation that fails until the last retry ends its session with an error, and the next one runs", async () => {
  await using bridge = await openBridge("postgres", { reconciliationRetryLimit: 1 });
  const api = await createApi(bridge);
  const app = await api.createApp();
  await api.sync(app, [["account", accounts(2)]]);
  await poison(bridge, "return id <> 'poison'");

  const poisoned = await api.sync(app, [["account", [...accounts(1), { id: "poison", email: "x" }]]]);
  expect(poisoned).toMatchObject({
    status: "error",
    error: {
      error_code: "CLEANUP_FAILED",
      message: expect.stringMatching(/^Cleanup task failed after maximum retries. The cause: .*"is_healthy"$/),
    },
  });
  expect(await api.activeIds(app, "account")).toEqual(["u0", "u1"]);
  expect((await api.complete(app, poisoned.sync_id)).status).toBe(409);
  expect(await api.sync(app, [["account", accounts(3)]])).toMatchObject({ status: "completed" });
});

test("the jobs of two sessions that both fail at the first one do not affect the second one", async () => {
  await using bridge = await openBridge("postgres", { reconciliationRetryLimit: 1 });
  const api = await createApi(bridge);
  const app = await api.createApp();
  await poison(bridge, "if id = 'poison' then perform pg_sleep(0.5); return false; end if; return true");
  expect(await syncTwice(bridge, api, app, ["poison", "u4"])).toMatchObject([
    { status: "error", error: { error_code: "CLEANUP_FAILED" } },
    { status: "completed" },
  ]);
  expect(await api.activeIds(app, "account")).toEqual(["u0", "u1", "u2", "u4"]);
});

test("a session whose reconciliation fails in the last attempt of another one gets its own attempts", async () => {
  await using bridge = await openBridge("postgres", { reconciliationRetryLimit: 1 });
  const api = await createApi(bridge);
  const app = await api.createApp();
  // Each session fails once in both jobs.
  const healthy = `return case id when 'first' then nextval('attempts_of_first') > 2
    when 'second' then nextval('attempts_of_second') > 2 else true end`;
  await poison(bridge, healthy);
  expect(await syncTwice(bridge, api, app, ["first", "second"])).toMatchObject([
    { status: "completed" },
    { status: "completed" },
  ]);
});

/** Ends a session without waiting for its reconciliation. */
async function endSync(api: Api, app: string, ids: readonly string[]): Promise<string> {
  const syncId = await api.start(app);
  await api.push(
    app,
    syncId,
    "account",
    ids.map((id) => ({ id, email: "x" })),
  );
  await api.complete(app, syncId);
  return syncId;
}

test("passing database failures cost no session, however many, and the session shows them", async () => {
  await using bridge = await openBridge("postgres", { reconciliationRetryLimit: 0 });
  const api = await createApi(bridge);
  const app = await api.createApp();
  await poison(
    bridge,
    `if id = 'first' and (nextval('attempts_of_first') <= 2 or not (select is_called from observations)) then
       raise exception 'could not extend file' using errcode = '53100';
     end if; return true`,
  );
  const syncId = await endSync(api, app, ["first"]);
  await expect
    .poll(() => api.session(app, syncId))
    .toMatchObject({ status: "completing", last_failure: "could not extend file" });
  await connect(bridge.database, async (client) => void (await client.query("select nextval('observations')")));
  await bridge.whenReconciled();
  expect(await api.session(app, syncId)).toMatchObject({ status: "completed" });
  expect(await api.session(app, syncId)).not.toHaveProperty("last_failure");
});

test("the end of a session does not wait for the pause that an earlier session caused", async () => {
  await using bridge = await openBridge("postgres", { reconciliationRetryLimit: 0 });
  const api = await createApi(bridge);
  const app = await api.createApp();
  await poison(
    bridge,
    `if id = 'first' and nextval('attempts_of_first') <= 1 then
       raise exception 'could not extend file' using errcode = '53100';
     end if; return true`,
  );
  // With a stopped clock the pause never ends.
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    const troubled = await endSync(api, app, ["first"]);
    await expect.poll(() => api.session(app, troubled)).toHaveProperty("last_failure");
    const next = await endSync(api, app, ["first", "second"]);
    await bridge.whenReconciled();
    expect(await api.session(app, troubled)).toMatchObject({ status: "completed" });
    expect(await api.session(app, next)).toMatchObject({ status: "completed" });
  } finally {
    vi.useRealTimers();
  }
});

test("a session that is retried again and again can be discarded", async () => {
  await using bridge = await openBridge("postgres");
  const api = await createApi(bridge);
  const app = await api.createApp();
  await poison(bridge, "raise exception 'canceling statement' using errcode = '57014'");
  const syncId = await endSync(api, app, ["first"]);
  await expect.poll(() => api.session(app, syncId)).toMatchObject({ last_failure: "canceling statement" });
  expect((await api.call("POST", `/apps/${app}/sync/${syncId}/discard/`)).status).toBe(204);
  await bridge.whenReconciled();
  expect(await api.session(app, syncId)).toMatchObject({ status: "abandoned" });
});

test("a failed session keeps its pages: it can be retried, and its removals are judged then", async () => {
  await using bridge = await openBridge("postgres", { reconciliationRetryLimit: 0 });
  const api = await createApi(bridge);
  const app = await api.createApp();
  await api.sync(app, [["account", accounts(50)]]);
  await poison(bridge, "return id <> 'poison' or nextval('attempts_of_first') > 1");
  const failed = await api.sync(app, [["account", [...accounts(49), { id: "poison", email: "x" }]]]);
  expect(failed).toMatchObject({ status: "error", error: { error_code: "CLEANUP_FAILED" } });
  await api.call("PATCH", `/apps/${app}/`, { removal_guard: { max_share: 0, min_count: 1 } });
  expect((await api.call("POST", `/apps/${app}/sync/${failed.sync_id}/confirm/`)).status).toBe(202);
  await bridge.whenReconciled();
  expect(await api.session(app, failed.sync_id)).toMatchObject({
    status: "error",
    error: { error_code: "REMOVALS_HELD" },
    confirmed_by: null,
  });
});

test("a slow reconciliation of one app does not delay other apps", async () => {
  await using bridge = await openBridge("postgres");
  const api = await createApi(bridge);
  const slow = await api.createApp();
  const quick = await api.createApp();
  await poison(bridge, "if id = 'slow' then perform pg_sleep(600); end if; return true");
  // More jobs for the slow app than there are workers.
  const first = await endSync(api, slow, ["slow"]);
  for (let round = 0; round < 6; round++) await endSync(api, slow, [`u${round}`]);
  const other = await endSync(api, quick, ["u1"]);
  await expect.poll(() => api.session(quick, other)).toMatchObject({ status: "completed" });
  expect(await api.session(slow, first)).toMatchObject({ status: "completing" });
  const client = new Client({ connectionString: "url" in bridge.database ? bridge.database.url : "" });
  await client.connect();
  await client.query("create or replace function is_healthy(id text) returns boolean language sql as 'select true'");
  await client.query("select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'");
  await client.end();
  await bridge.whenReconciled();
  expect((await api.activeIds(slow, "account")).length).toBe(1);
});
