import { type Kysely, type RawBuilder, sql } from "kysely";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import { problem } from "../http/http-error.ts";
import type { Handler } from "../http/operation.ts";
import { findApp } from "./find-app.ts";
import { noSuchType } from "./resource-types.ts";

export function createDeleteResourceType({ database }: BridgeContext): Handler<"deleteResourceType"> {
  return async ({ key, path: { app_id, slug } }) => {
    const { clone_group_id: groupId } = await findApp(database, key, app_id);
    const done = await database.transaction().execute(async (transaction) => {
      // Locks all apps of the group, as `lockApp` does for one: no session starts or ends meanwhile.
      const ofGroup = transaction.selectFrom("apps").select("id").where("clone_group_id", "=", groupId);
      await ofGroup.orderBy("id").forUpdate().execute();
      const found = (await findSession(transaction, groupId, slug)) ?? (await findRecords(transaction, groupId, slug));
      if (found !== undefined) return { obstacle: found };
      const type = await transaction
        .deleteFrom("resource_types")
        .where("clone_group_id", "=", groupId)
        .where("slug", "=", slug)
        .returning(["slug", "name", "type"])
        .executeTakeFirst();
      if (type === undefined) throw noSuchType(slug);
      return { type };
    });
    if ("obstacle" in done) return problem(409, `The resource type "${slug}" cannot be removed: ${done.obstacle}.`);
    return { status: 204, details: { before: done.type, after: null } };
  };
}

/**
 * An open session may push a page of the type at any moment, because it caches the types, and a due one may be
 * reconciling. A held session matters only if it has records of the type or refs to them.
 */
async function findSession(transaction: Kysely<Tables>, groupId: string, slug: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string; name: string; reconciliation: "due" | "held" | null }>`
    select session.id, app.name, session.reconciliation
    from (
      select id, app_id, reconciliation from sync_sessions where status = 'in_progress'
      union all select id, app_id, reconciliation from sync_sessions where reconciliation = 'due'
      union all select id, app_id, reconciliation from sync_sessions session where reconciliation = 'held' and ${brings(slug)}
    ) session
    join apps app on app.id = session.app_id
    where app.clone_group_id = ${groupId}
    limit 1
  `.execute(transaction);
  const [session] = rows;
  if (session === undefined) return undefined;
  const { id, name, reconciliation } = session;
  const state =
    reconciliation === null ? "open" : reconciliation === "held" ? "held by the removal guard" : "not reconciled yet";
  return `the session ${id} of the app "${name}" is ${state}`;
}

function brings(slug: string): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from sync_pages page
    where page.session_id = session.id and (page.slug = ${slug} or ${slug} = any(page.ref_slugs))
  )`;
}

const MOST_RECORDS = 1_000;

/** Counts are limited and only the first apps are named; more would be read for nothing. */
async function findRecords(transaction: Kysely<Tables>, groupId: string, slug: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string; count: number }>`
    select app.name, record.count
    from apps app
    cross join lateral (
      select count(*)::int as count from (
        select from records where app_id = app.id and slug = ${slug} limit ${MOST_RECORDS + 1}
      ) counted
    ) record
    where app.clone_group_id = ${groupId} and record.count > 0
    order by app.name limit 10
  `.execute(transaction);
  if (rows.length === 0) return undefined;
  return rows
    .map(({ name, count }) => {
      const many = count > MOST_RECORDS ? `more than ${MOST_RECORDS}` : count;
      return `the app "${name}" has ${many} of its records`;
    })
    .join(", ");
}
