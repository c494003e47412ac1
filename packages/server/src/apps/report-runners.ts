import { sql } from "kysely";
import type { BridgeContext } from "../bridge-context.ts";
import { toArrayLiteral } from "../database/array-literal.ts";
import type { Handler } from "../http/operation.ts";
import { readAppIds } from "../keys/may-use-app.ts";

/** Keeps what runners say about apps: where they run, and when next. Apps that the key does not reach are left out. */
export function createReportRunners({ database, now }: BridgeContext): Handler<"reportRunners"> {
  return async ({ key, body: { apps } }) => {
    const reach = key.appIds === null ? undefined : new Set(await readAppIds(database, key));
    // A statement writes a row once; the last report of an app counts.
    const reports = new Map(
      apps.map(({ app_id, ...report }) => [app_id.toLowerCase(), JSON.stringify(report)] as const),
    );
    const ids = [...reports.keys()].filter((id) => reach === undefined || reach.has(id)).toSorted();
    await sql`
      insert into app_runners (app_id, report, reported_at)
      select app.id, given.report::jsonb, ${now()}::timestamptz
      from unnest(
        ${toArrayLiteral(ids)}::uuid[], ${toArrayLiteral(ids.map((id) => reports.get(id) ?? null))}::text[]
      ) given (id, report)
      join apps app on app.id = given.id and app.org_id = ${key.orgId}
      order by app.id
      on conflict (app_id) do update set report = excluded.report, reported_at = excluded.reported_at
    `.execute(database);
    return { status: 204 };
  };
}
