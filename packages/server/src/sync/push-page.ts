import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { noSuchApp } from "../apps/find-app.ts";
import { noSuchType, type ResourceType } from "../apps/resource-types.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import { problem } from "../http/http-error.ts";
import type { Handler } from "../http/operation.ts";
import { checkPage, findBrokenRule } from "./check-page.ts";
import { describeEnd, findSession, noSuchSession, type Session } from "./find-session.ts";

type Kind = components["schemas"]["Kind"];

/** What a page is checked against, in one query: this runs once for every hundred records. */
interface Target {
  status: Session["status"] | null;
  fold: Session["fold"];
  base_version: number;
  types: Pick<ResourceType, "slug" | "type">[];
}

export function createPushPage({ database }: BridgeContext): Handler<"pushPage"> {
  return async ({ key, path: { app_id, sync_id, slug }, body }) => {
    const target = await findTarget(database, { orgId: key.orgId, appId: app_id, syncId: sync_id });
    if (target === undefined) throw noSuchApp(app_id);
    if (target.status === null) throw noSuchSession(sync_id);
    const kinds = new Map<string, Kind>(target.types.map((type) => [type.slug, type.type]));
    const kind = kinds.get(slug);
    if (kind === undefined) throw noSuchType(slug);
    if (target.status !== "in_progress") return problem(409, describeEnd({ status: target.status, fold: target.fold }));

    const records = checkPage(kind, body);
    const broken = findBrokenRule(kind, records, kinds);
    if (broken !== undefined) return problem(422, broken);

    const existed = await stage(database, {
      appId: app_id,
      syncId: sync_id,
      baseVersion: target.base_version,
      slug,
      records,
    });
    // The session ended between the look and the write.
    if (existed === undefined) return problem(409, describeEnd(await findSession(database, app_id, sync_id)));
    return { status: 200, body: { total: records.length, created: records.length - existed, updated: existed } };
  };
}

async function findTarget(
  database: Kysely<Tables>,
  { orgId, appId, syncId }: { orgId: string; appId: string; syncId: string },
): Promise<Target | undefined> {
  const { rows } = await sql<Target>`
    select session.status, session.fold, session.base_version,
      (select coalesce(jsonb_agg(jsonb_build_object('slug', slug, 'type', type)), '[]')
       from resource_types where clone_group_id = app.clone_group_id) as types
    from apps app
    left join sync_sessions session on session.app_id = app.id and session.id = ${syncId}
    where app.id = ${appId} and app.org_id = ${orgId}
  `.execute(database);
  return rows[0];
}

interface Page {
  appId: string;
  syncId: string;
  baseVersion: number;
  slug: string;
  records: readonly { id: string }[];
}

/**
 * Stages the page and answers how many of its records existed when the session started; undefined if the session is
 * open no more. `for share` waits for an end that is being written, and an end waits for us: so an acknowledged page
 * is always part of the fold. A page sent again moves to the end of the line, because the later page wins.
 */
async function stage(
  database: Kysely<Tables>,
  { appId, syncId, baseVersion, slug, records }: Page,
): Promise<number | undefined> {
  const text = JSON.stringify(records);
  const digest = createHash("sha256").update(slug).update("\0").update(text).digest("base64url");
  const ids = records.map(({ id }) => id);
  const { rows } = await sql<{ existed: number }>`
    insert into sync_pages (session_id, digest, slug, ids, record_count, records)
    select id, ${digest}, ${slug}, ${ids}::text[], ${ids.length}::int, ${text}::jsonb
    from sync_sessions where id = ${syncId} and status = 'in_progress' for share
    on conflict (session_id, digest) do update set position = excluded.position
    returning (
      select count(*)::int from records live
      where live.app_id = ${appId} and live.slug = sync_pages.slug and live.id = any(sync_pages.ids)
        and live.created_version <= ${baseVersion}
    ) as existed
  `.execute(database);
  return rows[0]?.existed;
}
