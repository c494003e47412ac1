import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import { decodeMoment, toPage } from "../http/cursor.ts";
import type { Handler } from "../http/operation.ts";
import { linkTo } from "../http/page-links.ts";
import { compile } from "../http/schemas.ts";
import { lastRun, toAppOverview } from "./app-state.ts";
import {
  readAccountCounts,
  readPartials,
  readReceipts,
  readRunners,
  readRuns,
  readTaskCounts,
} from "./read-app-runs.ts";
import { readDecisions } from "./read-decisions.ts";

const isId = compile("/components/schemas/App/properties/id");

export function createGetOverview({ database, now }: BridgeContext): Handler<"getOverview"> {
  return async ({ key, query: { limit = 50, cursor, clone_group }, url }) => {
    const page = { orgId: key.orgId, cloneGroup: clone_group, cursor, limit, now: now() };
    const [{ apps, next }, decisions] = await Promise.all([
      readAppOverviews(database, page),
      readDecisions(database, key.orgId),
    ]);
    const nextPage = next === undefined ? null : linkTo(url, { limit, cursor: next });
    return { status: 200, body: { decisions, apps, next: nextPage } };
  };
}

interface AppPage {
  orgId: string;
  /** Only the apps of this one. */
  cloneGroup: string | undefined;
  cursor: string | undefined;
  limit: number;
  now: Date;
}

/** How a page of apps is doing, in the order of their creation, and the cursor of the next page. */
export async function readAppOverviews(
  database: Kysely<Tables>,
  { orgId, cloneGroup, cursor, limit, now }: AppPage,
): Promise<{ apps: components["schemas"]["AppOverview"][]; next: string | undefined }> {
  const after = decodeMoment(cursor, isId);
  const apps = await database
    .selectFrom("apps")
    .select(["id", "name", "clone_group_id", "created_at", "last_synced_at", "live_version"])
    .where("org_id", "=", orgId)
    .$if(cloneGroup !== undefined, (query) => query.where("clone_group_id", "=", cloneGroup ?? ""))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(created_at, id) > (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy("created_at")
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  const { page, cursor: next } = toPage(apps, limit, ({ created_at, id }) => [created_at.toISOString(), id]);
  const ids = page.map(({ id }) => id);
  // None of them waits for another: beside a sync, each pause between two statements costs as much as the next one.
  const [runRows, partialRows, accounts, taskRows, runners] = await Promise.all([
    readRuns(database, ids),
    readPartials(database, ids),
    readAccountCounts(database, ids),
    readTaskCounts(database, ids),
    readRunners(database, ids),
  ]);
  const runs = Map.groupBy(runRows, ({ app_id }) => app_id);
  const partials = byApp(partialRows);
  const tasks = byApp(taskRows);
  const deciding = [...runs.values()].flatMap((own) => lastRun(own)?.id ?? []);
  deciding.push(...[...partials.values()].map(({ id }) => id));
  const receipts = new Map((await readReceipts(database, deciding)).map((receipt) => [receipt.id, receipt]));
  const overviews = page.map((app) =>
    toAppOverview({
      app,
      runs: runs.get(app.id) ?? [],
      partial: partials.get(app.id),
      receipts,
      accounts: accounts.get(app.id),
      tasks: tasks.get(app.id),
      runner: runners.get(app.id),
      now,
    }),
  );
  return { apps: overviews, next };
}

function byApp<Row extends { app_id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.app_id, row]));
}
