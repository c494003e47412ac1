import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { RecordData } from "../../database/tables/records.ts";
import type { Tables } from "../../database/schema.ts";
import { changedFields, refsOf, withoutRefs } from "./compare-records.ts";

type RecordChange = components["schemas"]["RecordChange"];

export interface RecordPlace {
  appId: string;
  slug: string;
  id: string;
}

/** A change of a record with its version, without the state after it. */
export interface Step {
  version: number;
  sync_id: string;
  at: Date;
  change: "created" | "updated" | "removed" | "stub";
  before: RecordData;
  before_removed_at: Date | null;
}

/** The stored changes of a record up to a version, newest first. */
export async function readSteps(
  database: Kysely<Tables>,
  { appId, slug, id }: RecordPlace,
  { from, limit }: { from: number | undefined; limit: number },
): Promise<Step[]> {
  const { rows } = await sql<Step>`
    select change.version, change.change, change.before, change.before_removed_at, session.id as sync_id,
      coalesce(session.reconciled_at, session.started_at) as at
    from record_changes change join sync_sessions session on session.id = change.session_id
    where change.app_id = ${appId} and change.slug = ${slug} and change.id = ${id}
      and change.version is not null and change.before is not null
      ${from === undefined ? sql`` : sql`and change.version <= ${from}::int`}
    order by change.version desc limit ${limit}
  `.execute(database);
  return rows;
}

/** When a version of the app was created, and by which session; undefined if that is no longer stored. */
export async function readVersion(
  database: Kysely<Tables>,
  appId: string,
  version: number | null,
): Promise<{ sync_id: string; at: Date } | undefined> {
  if (version === null) return undefined;
  const { rows } = await sql<{ sync_id: string; at: Date }>`
    select id as sync_id, coalesce(reconciled_at, started_at) as at from sync_sessions
    where app_id = ${appId} and version = ${version}::int
  `.execute(database);
  return rows[0];
}

/** What a step changed, given the record after it. */
export function toRecordChange(
  { sync_id, at, change, before, before_removed_at }: Step,
  after: RecordData,
): RecordChange {
  const [had, has] = [refsOf(before), refsOf(after)];
  const isRemoval = change === "removed";
  return {
    sync_id,
    at: at.toISOString(),
    change: isRemoval ? "removed" : before_removed_at === null ? "updated" : "returned",
    fields: isRemoval ? [] : changedFields(before, after),
    gained: isRemoval ? [] : withoutRefs(has, had),
    lost: isRemoval ? [] : withoutRefs(had, has),
  };
}
