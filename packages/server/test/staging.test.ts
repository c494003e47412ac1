import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OpenDatabase } from "../src/database/database.ts";
import { openDatabase } from "../src/database/open-database.ts";
import type { Tables } from "../src/database/schema.ts";
import { createEventLog } from "../src/events/event-log.ts";
import type { Bridge } from "../src/index.ts";
import { checkPage } from "../src/sync/pages/check-page.ts";
import { PageStage, toRow } from "../src/sync/pages/page-stage.ts";
import { SyncProgressReporter } from "../src/sync/pages/report-progress.ts";
import { PushedRefs } from "../src/sync/pages/page-target.ts";
import { accounts, type Api, createApi } from "./support/api.ts";
import { openBridge, silent } from "./support/open-bridge.ts";

// What happens between several processes on one PostgreSQL.
let bridge: Bridge;
let other: OpenDatabase;
let api: Api;
let app: string;
beforeAll(async () => {
  const opened = await openBridge("postgres");
  bridge = opened;
  other = await openDatabase(opened.database, () => {});
  api = await createApi(bridge);
  app = await api.createApp({ guard: null });
});
afterAll(async () => {
  await other.close();
  await bridge.close();
});

test("pages that two processes receive again at the same time, in opposite orders, are all accepted", async () => {
  const syncId = await api.start(app);
  const pages = Array.from({ length: 32 }, (_, place) => {
    const text = JSON.stringify({ records: accounts(50, place * 50) });
    const page = checkPage({ kind: "account", kinds: new Map(), pushedRefs: new PushedRefs(), text });
    return toRow({ syncId, slug: "account" }, page);
  });
  const stages = [new PageStage(other.kysely), new PageStage(other.kysely)];
  for (let round = 0; round < 10; round++) {
    const existed = await Promise.all(
      stages.flatMap((stage, index) => (index === 0 ? pages : pages.toReversed()).map((page) => stage.add(page))),
    );
    expect(new Set(existed)).toEqual(new Set([0]));
  }
  await api.complete(app, syncId);
  await bridge.whenReconciled();
  expect((await api.session(app, syncId)).status).toBe("completed");
});

test("a session publishes no progress after its end", async () => {
  const events = await createEventLog(other, { now: () => new Date(), logger: silent, onOrgDeleted: () => {} });
  const context = { database: other.kysely, events, logger: silent, stopping: new AbortController().signal };
  const orgId = await findOrg(other.kysely, app);
  const report = (syncId: string) => new SyncProgressReporter(context).report({ orgId, appId: app, syncId });

  const syncId = await api.start(app);
  await api.push(app, syncId, "account", accounts(2));
  await report(syncId);
  await api.abandon(app, syncId);
  await bridge.whenReconciled();
  await report(syncId);
  const replaced = await api.start(app);
  await api.start(app);
  await report(replaced);
  const typesOf = async (id: string) => (await readEvents(other.kysely, id)).map(({ type }) => type);
  expect((await typesOf(syncId)).at(-1)).toBe("sync.ended");
  expect(await typesOf(syncId)).toContain("sync.progress");
  expect(await typesOf(replaced)).toEqual(["sync.started", "sync.ended"]);
  await events.close();
});

async function findOrg(database: Kysely<Tables>, appId: string): Promise<string> {
  const { org_id } = await database
    .selectFrom("apps")
    .select("org_id")
    .where("id", "=", appId)
    .executeTakeFirstOrThrow();
  return org_id;
}

async function readEvents(database: Kysely<Tables>, syncId: string) {
  const rows = await database
    .selectFrom("events")
    .select("data")
    .where(sql<boolean>`data ->> 'sync_id' = ${syncId}`)
    .orderBy("sequence")
    .execute();
  return rows.map(({ data }) => data);
}
