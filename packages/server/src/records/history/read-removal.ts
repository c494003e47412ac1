import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { Tables } from "../../database/schema.ts";
import { findSession } from "../../sync/find-session.ts";
import { NotFoundError } from "../../http/http-error.ts";

type Schemas = components["schemas"];

interface Removed {
  appId: string;
  slug: string;
  removedAt: Date;
  /** The session that removed it. */
  syncId: string;
  /** The version of the change before the removal; the one that created the record if there was none. */
  lastVersion: number | null;
}

/** Why a record was removed; null if the session is no longer stored. */
export async function readRemoval(
  database: Kysely<Tables>,
  { appId, slug, removedAt, syncId, lastVersion }: Removed,
): Promise<Schemas["Removal"] | null> {
  const session = await findSession(database, appId, syncId).catch((error: unknown) => {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  });
  if (session === undefined) return null;
  const count = session.counts?.find((entry) => entry.slug === slug);
  // The previous complete session contained the record; otherwise it would have removed it.
  const { rows } = await sql<{ sync_id: string; at: Date }>`
    select id as sync_id, coalesce(ended_at, started_at) as at from sync_sessions
    where app_id = ${appId} and version < ${session.version ?? 0}::int
      and (version = ${lastVersion}::int or status = 'completed')
    order by version desc limit 1
  `.execute(database);
  const [seen] = rows;
  return {
    at: removedAt.toISOString(),
    sync_id: syncId,
    last_seen: seen === undefined ? null : { at: seen.at.toISOString(), sync_id: seen.sync_id },
    absent: {
      started_at: session.started_at.toISOString(),
      ended_at: (session.ended_at ?? session.started_at).toISOString(),
      read: count?.synced_count ?? 0,
    },
    removed: count?.removed ?? 0,
    judgement: session.judgement,
    confirmed_by: session.confirmed_by,
  };
}
