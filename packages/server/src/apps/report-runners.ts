import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { BridgeContext } from "../bridge-context.ts";
import { toArrayLiteral } from "../database/array-literal.ts";
import type { Tables } from "../database/schema.ts";
import type { Handler } from "../http/operation.ts";
import type { VerifiedKey } from "../keys/authenticate.ts";
import { readAppIds } from "../keys/may-use-app.ts";
import { keepWorkers, takeWorkerOrders } from "../workers/fleet-rows.ts";

type Schemas = components["schemas"];

const MOST_ORDERS = 1_000;

/**
 * Keeps what runners say about apps: where they run, and when next. Apps that the key does not reach are left out. Responds
 * with what is ordered of the others, and of the workers of the fleet that reports.
 */
export function createReportRunners({ database, now }: BridgeContext): Handler<"reportRunners"> {
  return async ({ key, body: { apps, carried_out: carriedOut = [], fleet } }) => {
    const reach = key.appIds === null ? null : await readAppIds(database, key);
    if (apps.length > 0) await keep(database, key, apps, { reach, now: now() });
    if (carriedOut.length > 0)
      await sql`
        with done as materialized (
          select app_id from app_runners
          where ${isReached(key, reach)}
            and ordered ->> 'id' = any(${toArrayLiteral(carriedOut.map((id) => id.toLowerCase()))}::text[])
          order by app_id for update
        )
        update app_runners set ordered = null where app_id in (select app_id from done)
      `.execute(database);
    const orders = await readOrders(database, key, reach);
    if (fleet === undefined) return { status: 200, body: { orders } };
    const place = { orgId: key.orgId, id: fleet.id };
    if (fleet.workers) await keepWorkers(database, place, fleet.workers, { reach, now: now() });
    return { status: 200, body: { orders, worker_orders: await takeWorkerOrders(database, place, carriedOut) } };
  };
}

type Reach = readonly string[] | null;

async function keep(
  database: Kysely<Tables>,
  key: VerifiedKey,
  apps: readonly Schemas["AppRunnerReport"][],
  { reach, now }: { reach: Reach; now: Date },
): Promise<void> {
  // A statement writes a row once; the last report of an app counts.
  const reports = new Map(apps.map(({ app_id, ...report }) => [app_id.toLowerCase(), JSON.stringify(report)] as const));
  const ids = [...reports.keys()].filter((id) => reach === null || reach.includes(id)).toSorted();
  await sql`
    insert into app_runners (app_id, report, reported_at)
    select app.id, given.report::jsonb, ${now}::timestamptz
    from unnest(
      ${toArrayLiteral(ids)}::uuid[], ${toArrayLiteral(ids.map((id) => reports.get(id) ?? null))}::text[]
    ) given (id, report)
    join apps app on app.id = given.id and app.org_id = ${key.orgId}
    order by app.id
    on conflict (app_id) do update set report = excluded.report, reported_at = excluded.reported_at
  `.execute(database);
}

async function readOrders(
  database: Kysely<Tables>,
  key: VerifiedKey,
  reach: Reach,
): Promise<Schemas["RunnerOrderList"]["orders"]> {
  const { rows } = await sql<{ app_id: string; ordered: { id: string; order: Schemas["RunnerOrder"] } }>`
    select app_id, ordered from app_runners
    where ordered is not null and ${isReached(key, reach)}
    order by app_id limit ${MOST_ORDERS}
  `.execute(database);
  return rows.map(({ app_id, ordered: { id, order } }) => ({ id, app_id, order }));
}

function isReached({ orgId }: VerifiedKey, reach: Reach) {
  const isOwn = sql`app_id in (select id from apps where org_id = ${orgId})`;
  return reach === null ? isOwn : sql`${isOwn} and app_id = any(${toArrayLiteral([...reach])}::uuid[])`;
}
