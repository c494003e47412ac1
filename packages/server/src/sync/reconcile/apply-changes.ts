import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../database/schema.ts";
import { createdPlaces, liveRecordOf, mergedRecords, pushedRecords, updatedPlaces } from "./pushed-records.ts";
import type { ReconciliationTarget } from "./reconciliation-target.ts";
import { applyKept } from "./kept-refs.ts";
import { type Tally, total } from "./tally.ts";

/**
 * Applies what `findChanges` wrote down and leaves all other records alone. The tallies say which statements are
 * needed.
 */
export async function applyChanges(
  database: Kysely<Tables>,
  target: ReconciliationTarget,
  tallies: readonly Tally[],
): Promise<void> {
  const created = total(tallies, "created");
  const updated = total(tallies, "updated");
  if (created > 0) await applyCreated(database, target);
  if (updated > 0) await applyPushed(database, target, updatedPlaces(target.session.id));
  if (created + updated > 0 && target.hasParts) await applyContinued(database, target);
  if (updated > 0 && target.keepsRefs) await applyKept(database, target);
  if (total(tallies, "referred") > 0) await applyReferred(database, target);
  if (total(tallies, "removed") > 0) await applyRemovals(database, target);
}

/**
 * What counts as created may have been a stub or removed before, but the first reconciliation of an app meets no record
 * at all: PostgreSQL writes a third faster if it need not look for one.
 */
async function applyCreated(database: Kysely<Tables>, target: ReconciliationTarget): Promise<void> {
  const places = createdPlaces(target.session.id);
  if (target.version > 1) await applyPushed(database, target, places);
  else await insertPushed(target, places).execute(database);
}

function insertPushed({ session, version }: ReconciliationTarget, places: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    insert into records (app_id, slug, id, data, digest, created_version, changed_version)
    select ${session.app_id}::uuid, slug, id, data, digest, ${version}::int, ${version}::int
    from (${pushedRecords(session.id, places)}) pushed
  `;
}

async function applyPushed(
  database: Kysely<Tables>,
  target: ReconciliationTarget,
  places: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    ${insertPushed(target, places)}
    on conflict (app_id, slug, id) do update set
      data = excluded.data,
      digest = excluded.digest,
      created_version = coalesce(records.created_version, excluded.created_version),
      changed_version = excluded.changed_version,
      removed_at = null,
      removed_in = null
  `.execute(database);
}

/** Adds the refs of the records that continue an earlier one. */
async function applyContinued(database: Kysely<Tables>, { session }: ReconciliationTarget): Promise<void> {
  await sql`
    insert into records (app_id, slug, id, data, digest, changed_version)
    select live.app_id, live.slug, live.id, merged.data, change.digest, live.changed_version
    from (${mergedRecords(session.id)}) merged
    join record_changes change
      on change.session_id = ${session.id} and change.slug = merged.slug and change.id = merged.id
    cross join lateral ${liveRecordOf(session.app_id, "merged")} live
    on conflict (app_id, slug, id) do update set data = excluded.data, digest = excluded.digest
  `.execute(database);
}

/**
 * Inserts stubs for groups and licenses that only refs name, and revives removed records that refs point to. Never
 * overwrites a pushed record.
 */
async function applyReferred(database: Kysely<Tables>, { session, version }: ReconciliationTarget): Promise<void> {
  await sql`
    insert into records (app_id, slug, id, data, changed_version)
    select app_id, slug, id, after, ${version}::int from record_changes
    where session_id = ${session.id} and after is not null
    on conflict (app_id, slug, id) do update set
      data = excluded.data,
      changed_version = excluded.changed_version,
      removed_at = null,
      removed_in = null
  `.execute(database);
}

async function applyRemovals(database: Kysely<Tables>, { session, version, now }: ReconciliationTarget): Promise<void> {
  await sql`
    update records set removed_at = ${now}, removed_in = ${session.id}, changed_version = ${version}
    from record_changes change
    where change.session_id = ${session.id} and change.change = 'removed'
      and records.app_id = ${session.app_id} and records.slug = change.slug and records.id = change.id
  `.execute(database);
}
