import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { type ResourceType, resourceTypesOf } from "../apps/resource-types.ts";
import type { ReconciliationCount } from "../database/tables/apps.ts";
import type { Tables } from "../database/schema.ts";
import { noSuchSession, type Session, SESSION_COLUMNS } from "./find-session.ts";

type SyncSession = components["schemas"]["SyncSession"];
type SyncProgress = components["schemas"]["SyncProgress"];
type StagedCount = Pick<ReconciliationCount, "slug" | "synced_count">;
export type StagedSession = Session & { staged: StagedCount[] };

/** A session as responses show it, with every registered type, even without a page. */
export async function readSyncSession(
  database: Kysely<Tables>,
  { syncId, appId, cloneGroupId }: { syncId: string; appId: string; cloneGroupId: string },
): Promise<SyncSession> {
  // One statement, so that counts and status come from the same instant.
  const session = await database
    .selectFrom("sync_sessions")
    .select(SESSION_COLUMNS)
    .select(stagedCounts().as("staged"))
    .where("id", "=", syncId)
    .where("app_id", "=", appId)
    .executeTakeFirst();
  if (session === undefined) throw noSuchSession(syncId);
  return toSyncSession(session, await resourceTypesOf(database, cloneGroupId));
}

/** The sessions of an app, newest first, starting after `before`. */
export async function readSyncSessions(
  database: Kysely<Tables>,
  { appId, before, limit }: { appId: string; before: string | undefined; limit: number },
): Promise<StagedSession[]> {
  return database
    .selectFrom("sync_sessions")
    .select(SESSION_COLUMNS)
    .select(stagedCounts().as("staged"))
    .where("app_id", "=", appId)
    .$if(before !== undefined, (query) => query.where("sequence", "<", Number(before)))
    .orderBy("sequence", "desc")
    .limit(limit)
    .execute();
}

export function toSyncSession(session: StagedSession, types: readonly ResourceType[]): SyncSession {
  return {
    sync_id: session.id,
    status: session.status,
    progress: types.map((type) => toProgress(type, session)),
    ...(session.status === "error" && session.error !== null && { error: session.error }),
    ...(session.status !== "error" && session.error !== null && { last_failure: session.error.message }),
    started_at: session.started_at.toISOString(),
    ended_at: session.ended_at?.toISOString() ?? null,
    reconciled_at: session.reconciled_at?.toISOString() ?? null,
    expires_at:
      session.reconciliation === null || session.reconciliation === "held"
        ? (session.expires_at?.toISOString() ?? null)
        : null,
    push_seconds: secondsBetween(session.started_at, session.ended_at),
    reconciliation_seconds: secondsBetween(session.reconciliation_started_at, session.reconciled_at),
    started_by: session.started_by,
    confirmed_by: session.confirmed_by,
    discarded_by: session.discarded_by,
    ...(session.kept_count !== null && { kept: session.kept_count }),
    ...(session.judgement !== null && { judgement: session.judgement }),
  };
}

function secondsBetween(from: Date | null, to: Date | null): number | null {
  return from === null || to === null ? null : (to.getTime() - from.getTime()) / 1000;
}

function toProgress(
  { slug, name, type }: ResourceType,
  { counts, staged }: Pick<StagedSession, "counts" | "staged">,
): SyncProgress {
  if (counts === null) {
    return { slug, name, type, synced_count: staged.find((count) => count.slug === slug)?.synced_count ?? 0 };
  }
  // Earlier versions counted no refs, and left out types of which nothing was pushed.
  const hasRefs = counts.every(({ refs_lost }) => refs_lost !== undefined);
  const { slug: _, ...count } = counts.find((each) => each.slug === slug) ?? {
    slug,
    synced_count: 0,
    created: 0,
    updated: 0,
    removed: 0,
    ...(hasRefs && { refs_gained: 0, refs_lost: 0 }),
  };
  return { slug, name, type, ...count };
}

// Overlapping pages count all of their records here; the reconciliation counts exactly.
export function stagedCounts() {
  return sql<StagedCount[]>`(
    select coalesce(jsonb_agg(jsonb_build_object('slug', slug, 'synced_count', synced_count)), '[]')
    from (
      select slug, sum(record_count)::int as synced_count from sync_pages
      where session_id = sync_sessions.id and sync_sessions.counts is null and sync_sessions.reconciliation is distinct from 'dropped'
      group by slug
    ) staged
  )`;
}
