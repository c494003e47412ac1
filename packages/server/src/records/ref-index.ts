import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import { indexTerms } from "./search-index.ts";

// Small enough that on PGlite, which has one connection, nobody waits long for a batch.
const BATCH_SIZE = 500;

/**
 * Creates the state of the index for a new app. It is deleted with the app, so those who follow reconciliations find
 * both or neither.
 */
export async function beginIndex(transaction: Kysely<Tables>, appId: string): Promise<void> {
  await transaction
    .insertInto("record_ref_progress")
    .values({ app_id: appId, version: 0, is_behind: false, slug: null, id: null })
    .execute();
}

/**
 * Brings the index of refs and search terms one step closer to the live records. It follows the changes of
 * reconciliations in separate batches, so it does not delay them. Returns false if the index is up to date.
 *
 * A record's entries become those of the live record, even if a later reconciliation has changed it again: that change
 * is followed too.
 */
export async function indexRefs(database: Kysely<Tables>, appId: string): Promise<boolean> {
  return database.transaction().execute(async (transaction) => {
    const progress = await lockProgress(transaction, appId);
    if (progress === undefined) return false;
    const session = await transaction
      .selectFrom("sync_sessions")
      .select(["id", "version"])
      .where("app_id", "=", appId)
      .where("version", ">", progress.version)
      .orderBy("version")
      .limit(1)
      .executeTakeFirst();
    if (session === undefined || session.version === null) {
      await transaction
        .updateTable("record_ref_progress")
        .set({ is_behind: false })
        .where("app_id", "=", appId)
        .execute();
      return false;
    }
    const last = await indexBatch(transaction, appId, session, progress);
    await transaction
      .updateTable("record_ref_progress")
      .set(last ?? { version: session.version, slug: null, id: null })
      .where("app_id", "=", appId)
      .execute();
    return true;
  });
}

/** Whether the index of an `app`, by its `progress`, contains everything that is live. */
export const isCurrent = sql<boolean>`progress.version >= app.live_version`;

/** Whether the index contains everything that is live. */
export async function isIndexed(database: Kysely<Tables>, appId: string): Promise<boolean> {
  const behind = await database
    .selectFrom("apps as app")
    .innerJoin("record_ref_progress as progress", "progress.app_id", "app.id")
    .select("app.id")
    .where("app.id", "=", appId)
    .where(sql<boolean>`not ${isCurrent}`)
    .executeTakeFirst();
  return behind === undefined;
}

/** Marks the index as behind, in the transaction of a reconciliation. */
export async function markBehind(transaction: Kysely<Tables>, appId: string): Promise<void> {
  await transaction.updateTable("record_ref_progress").set({ is_behind: true }).where("app_id", "=", appId).execute();
}

/** The apps whose index is behind. */
export async function unindexedApps(database: Kysely<Tables>): Promise<string[]> {
  const rows = await database
    .selectFrom("record_ref_progress")
    .select("app_id")
    .where(sql<boolean>`is_behind`)
    .execute();
  return rows.map(({ app_id }) => app_id);
}

interface Progress {
  version: number;
  slug: string | null;
  id: string | null;
}

function lockProgress(transaction: Kysely<Tables>, appId: string): Promise<Progress | undefined> {
  return transaction
    .selectFrom("record_ref_progress")
    .select(["version", "slug", "id"])
    .where("app_id", "=", appId)
    .forUpdate()
    .executeTakeFirst();
}

/** Indexes the records of the next changes. Returns the last change, undefined if there was none. */
async function indexBatch(
  transaction: Kysely<Tables>,
  appId: string,
  session: { id: string; version: number | null },
  { slug, id }: Progress,
): Promise<{ slug: string; id: string } | undefined> {
  const batch = sql`
    (select slug, id, before from record_changes
      where session_id = ${session.id} and (slug, id) > (${slug ?? ""}, ${id ?? ""})
      order by slug, id limit ${BATCH_SIZE})
    union all
    (select slug, id, null from records
      where app_id = ${appId} and created_version = ${session.version} and (slug, id) > (${slug ?? ""}, ${id ?? ""})
      order by slug, id limit ${BATCH_SIZE})
    order by slug, id limit ${BATCH_SIZE}
  `;
  const account = sql`
    account as (
      select batch.slug, batch.id, batch.before, live.data from (${batch}) batch
      join records live on live.app_id = ${appId} and live.slug = batch.slug and live.id = batch.id
      join apps app on app.id = ${appId}
      join resource_types type on type.clone_group_id = app.clone_group_id and type.slug = batch.slug
      where type.type = 'account'
    )
  `;
  const { rows: gone } = await sql<Entry>`
    with ${account}, changed as (select * from account where before is not null)
    ${refsOf("changed", "before")} except ${refsOf("changed", "data")}
  `.execute(transaction);
  await deleteEntries(transaction, appId, gone);
  await sql`
    with ${account}
    insert into record_refs (app_id, slug, ref_digest, account_slug, account_id)
    select ${appId}::uuid, target, ref_digest, slug, id from (${refsOf("account", "data")}) ref
    order by target, ref_digest, slug, id
    on conflict do nothing
  `.execute(transaction);
  await indexTerms(transaction, appId, batch);
  const { rows } = await sql<{ slug: string; id: string }>`
    select slug, id from (${batch}) batch order by slug desc, id desc limit 1
  `.execute(transaction);
  return rows[0];
}

/** The columns of the index except the app. */
interface Entry {
  slug: string;
  id: string;
  target: string;
  ref_digest: string;
}

/** By value, so that no planner expects a few entries to be so many that it scans the whole index. */
async function deleteEntries(transaction: Kysely<Tables>, appId: string, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const column = (name: keyof Entry) => entries.map((entry) => entry[name]);
  await sql`
    delete from record_refs entry using unnest(
      ${column("target")}::text[], ${column("ref_digest")}::uuid[], ${column("slug")}::text[], ${column("id")}::text[]
    ) gone (target, ref_digest, slug, id)
    where entry.app_id = ${appId} and entry.slug = gone.target and entry.ref_digest = gone.ref_digest
      and entry.account_slug = gone.slug and entry.account_id = gone.id
  `.execute(transaction);
}

/** The refs of the accounts of a query, in one of its columns. */
function refsOf(query: "account" | "changed", column: "before" | "data"): RawBuilder<unknown> {
  const data = sql.ref(column);
  return sql`
    select slug, id, target.key as target, ${refDigest(sql`ref ->> 'id'`)} as ref_digest
    from ${sql.raw(query)}
    cross join lateral jsonb_each(coalesce(${data} -> 'memberships', '{}') || coalesce(${data} -> 'assignments', '{}')) target
    cross join lateral jsonb_array_elements(target.value) ref
  `;
}

/**
 * What the index stores for the id of a group or a license: two ids of 512 characters would not fit an entry. Two ids
 * with the same digest can only be made on purpose, by somebody who pushes both.
 */
export function refDigest(id: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`md5(${id})::uuid`;
}
