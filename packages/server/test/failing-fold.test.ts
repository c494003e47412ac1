import { Client } from "pg";
import { expect, test } from "vitest";
import { accounts, createApi } from "./support/api.ts";
import { openBridge } from "./support/open-bridge.ts";

test("a fold that fails to the last retry ends its session with an error, and the next one runs", async () => {
  await using bridge = await openBridge("postgres", { foldRetryLimit: 1 });
  const api = await createApi(bridge);
  const app = await api.createApp();
  await api.sync(app, [["account", accounts(2)]]);
  const { database } = bridge;
  const client = new Client({ connectionString: "url" in database ? database.url : "" });
  await client.connect();
  await client.query(`alter table records add constraint no_poison check (id <> 'poison')`);
  await client.end();

  const poisoned = await api.sync(app, [["account", [...accounts(1), { id: "poison", email: "x" }]]]);
  expect(poisoned).toMatchObject({
    status: "error",
    error: { error_code: "CLEANUP_FAILED", message: "Cleanup task failed after maximum retries." },
  });
  expect(await api.activeIds(app, "account")).toEqual(["u0", "u1"]);
  expect((await api.complete(app, poisoned.sync_id)).status).toBe(409);
  expect(await api.sync(app, [["account", accounts(3)]])).toMatchObject({ status: "completed" });
});
