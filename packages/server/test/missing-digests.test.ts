import { sql } from "kysely";
import { expect, test } from "vitest";
import { openDatabase } from "../src/database/open-database.ts";
import { createApi } from "./support/api.ts";
import { openBridge } from "./support/open-bridge.ts";

test("a record that was staged without a digest is compared with the live one", async () => {
  await using bridge = await openBridge("postgres");
  const api = await createApi(bridge);
  const app = await api.createApp();
  const account = (id: string, title: string) => ({ id, email: `${id}@example.com`, title });
  await api.sync(app, [["account", [account("u1", "Clerk"), account("u2", "Cook")]]]);
  const syncId = await api.start(app);
  await api.push(app, syncId, "account", [account("u1", "Chief"), account("u2", "Cook")]);
  const opened = await openDatabase(bridge.database, () => {});
  // As in pages of a version that had no digests.
  await sql`update sync_pages set record_digests = '{}'`.execute(opened.kysely);
  await sql`update records set digest = null`.execute(opened.kysely);
  await opened.close();
  await api.complete(app, syncId);
  await bridge.whenReconciled();
  expect((await api.session(app, syncId)).progress[0]).toMatchObject({ synced_count: 2, created: 0, updated: 1 });
  expect((await api.data(app, "account")).map(({ title }) => title)).toEqual(["Chief", "Cook"]);
});
