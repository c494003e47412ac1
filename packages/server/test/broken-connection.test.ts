import { Client } from "pg";
import { expect, test } from "vitest";
import { accounts, createApi } from "./support/api.ts";
import { openBridge } from "./support/open-bridge.ts";

test("PostgreSQL connections that break under load cost calls, not the process", async () => {
  await using bridge = await openBridge("postgres");
  const api = await createApi(bridge);
  const app = await api.createApp({ guard: null });
  const administrator = new Client({ connectionString: "url" in bridge.database ? bridge.database.url : "" });
  await administrator.connect();
  const statuses = new Set<number>();
  for (let round = 0; round < 20; round++) {
    const calls = Array.from({ length: 20 }, async () => {
      const { status } = await api.call("POST", `/apps/${app}/sync/`);
      statuses.add(status);
    });
    await administrator.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await Promise.all(calls);
  }
  await administrator.end();
  expect(statuses).toEqual(new Set([201, 503]));
  const session = await api.sync(app, [["account", accounts(3)]]);
  expect(session.status).toBe("completed");
});
