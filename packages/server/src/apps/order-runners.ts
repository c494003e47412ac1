import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { BridgeContext } from "../bridge-context.ts";
import { toArrayLiteral } from "../database/array-literal.ts";
import type { Handler } from "../http/operation.ts";
import { readAppIds } from "../keys/may-use-app.ts";

/** Keeps an order for each of these apps, until its runner has carried it out. */
export function createOrderRunners({ database }: BridgeContext): Handler<"orderRunners"> {
  return async ({ key, body: { order, app_ids: appIds } }) => {
    const reach = key.appIds === null ? null : await readAppIds(database, key);
    const ids = [...new Set(appIds.map((id) => id.toLowerCase()))].filter((id) => reach?.includes(id) ?? true);
    // Locked in the order of their ids: in another order two calls would wait for each other.
    const { rows } = await sql<{ app_id: string }>`
      with ordering as materialized (
        select app_id from app_runners
        where app_id = any(${toArrayLiteral(ids)}::uuid[]) and report ->> 'takes_orders' = 'true'
          and app_id in (select id from apps where org_id = ${key.orgId})
        order by app_id for update
      )
      update app_runners set ordered = given.ordered::jsonb
      from unnest(
        ${toArrayLiteral(ids)}::uuid[],
        ${toArrayLiteral(ids.map(() => JSON.stringify({ id: randomUUID(), order })))}::text[]
      ) given (id, ordered)
      join ordering on ordering.app_id = given.id
      where app_runners.app_id = ordering.app_id
      returning app_runners.app_id
    `.execute(database);
    const ordered = rows.map(({ app_id }) => app_id).toSorted();
    const details = { before: null, after: { order, app_ids: ordered } };
    return { status: 200, body: { app_ids: ordered }, details };
  };
}
