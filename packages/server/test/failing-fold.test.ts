import { Client } from "pg";
import { expect, test } from "vitest";
import type { Bridge, DatabaseOptions } from "../src/index.ts";
import { accounts, type Api, createApi } from "./support/api.ts";
import { openBridge } from "./support/open-bridge.ts";

/** Lets a fold fail at a record for whose id the body of a function answers false. */
async function poison({ database }: { database: DatabaseOptions }, body: string): Promise<void> {
  const client = new Client({ connectionString: "url" in database ? database.url : "" });
  await client.connect();
  // A sequence keeps its count when the fold is rolled back.
  await client.query(`
    create sequence attempts_of_first;
    create sequence attempts_of_second;
    create function is_healthy(id text) returns boolean language plpgsql as $$ begin ${body}; end $$;
    alter table records add constraint is_healthy check (is_healthy(id));
  `);
  await client.end();
}

/** Ends two sessions right after each other, so that there are two jobs; answers both once they are folded. */
async function syncTwice(bridge: Bridge, api: Api, app: string, ids: readonly string[]) {
  const syncIds: string[] = [];
  for (const id of ids) {
    const syncId = await api.start(app);
    await api.push(app, syncId, "account", [...accounts(3), { id, email: "x" }]);
    await api.complete(app, syncId);
    syncIds.push(syncId);
  }
  await bridge.whenFolded();
  return Promise.all(syncIds.map((syncId) => api.session(app, syncId)));
}

test("a fold that fails to the last retry ends its session with an error, and the next one runs", async () => {
  await using bridge = await openBridge("postgres", { foldRetryLimit: 1 });
  const api = await createApi(bridge);
  const app = await api.createApp();
  await api.sync(app, [["account", accounts(2)]]);
  await poison(bridge, "return id <> 'poison'");

  const poisoned = await api.sync(app, [["account", [...accounts(1), { id: "poison", email: "x" }]]]);
  expect(poisoned).toMatchObject({
    status: "error",
    error: { error_code: "CLEANUP_FAILED", message: "Cleanup task failed after maximum retries." },
  });
  expect(await api.activeIds(app, "account")).toEqual(["u0", "u1"]);
  expect((await api.complete(app, poisoned.sync_id)).status).toBe(409);
  expect(await api.sync(app, [["account", accounts(3)]])).toMatchObject({ status: "completed" });
});

test("the jobs of two sessions that both fail at the first one leave the second one alone", async () => {
  await using bridge = await openBridge("postgres", { foldRetryLimit: 1 });
  const api = await createApi(bridge);
  const app = await api.createApp();
  await poison(bridge, "if id = 'poison' then perform pg_sleep(0.5); return false; end if; return true");
  expect(await syncTwice(bridge, api, app, ["poison", "u4"])).toMatchObject([
    { status: "error", error: { error_code: "CLEANUP_FAILED" } },
    { status: "completed" },
  ]);
  expect(await api.activeIds(app, "account")).toEqual(["u0", "u1", "u2", "u4"]);
});

test("a session whose fold fails in the last attempt at another one gets attempts of its own", async () => {
  await using bridge = await openBridge("postgres", { foldRetryLimit: 1 });
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
