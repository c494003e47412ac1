import type { Kysely } from "kysely";
import { type components, judgeLosses, type Loss } from "@bridgekit/client";
import { findApp } from "../apps/find-app.ts";
import { resourceTypesOf } from "../apps/resource-types.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import type { Handler } from "../http/operation.ts";
import { type Session, SESSION_COLUMNS } from "./find-session.ts";

type Schemas = components["schemas"];
type Kind = Schemas["Kind"];

const MOST_SESSIONS = 30;

/** Which of the last complete sessions of an app would have been held by other settings of its removal guard. */
export function createPreviewGuard({ database }: BridgeContext): Handler<"previewGuard"> {
  return async ({ key, path, body: guard }) => {
    const app = await findApp(database, key, path.app_id);
    const types = await resourceTypesOf(database, app.clone_group_id);
    const kinds = new Map(types.map(({ slug, type }) => [slug, type]));
    const sessions = await readJudged(database, app.id);
    const held = sessions.flatMap((session) => {
      const losses = judgeLosses(lossesOf(session, kinds), guard);
      return losses.length === 0 ? [] : [toHeld(session, losses)];
    });
    return { status: 200, body: { examined: sessions.length, held } };
  };
}

/** The last sessions that the guard judged, newest first: completed ones, and those that it held. */
async function readJudged(database: Kysely<Tables>, appId: string): Promise<Session[]> {
  const completed = await database
    .selectFrom("sync_sessions")
    .select(SESSION_COLUMNS)
    .where("app_id", "=", appId)
    .where("status", "=", "completed")
    .orderBy("sequence", "desc")
    .limit(MOST_SESSIONS)
    .execute();
  const recent = await database
    .selectFrom("sync_sessions")
    .select(SESSION_COLUMNS)
    .where("app_id", "=", appId)
    .orderBy("sequence", "desc")
    .limit(MOST_SESSIONS)
    .execute();
  const held = recent.filter(({ status, counts, judgement }) => status !== "completed" && counts === null && judgement);
  return [...completed, ...held].toSorted((a, b) => b.sequence - a.sequence).slice(0, MOST_SESSIONS);
}

/** What a session took away, or would have: what was judged, and what its counts say. */
function lossesOf({ judgement, counts }: Session, kinds: ReadonlyMap<string, Kind>): Loss[] {
  const judged = judgement?.losses ?? [];
  const isJudged = (slug: string) => judged.some((loss) => loss.slug === slug && loss.of === "records");
  const counted = (counts ?? []).filter(({ slug, removed }) => removed > 0 && !isJudged(slug));
  return [
    // Of a completed session, which was read as a whole, the counts say how many there were.
    ...judged.map(({ slug, of, live, lost }) => {
      const count = of === "records" ? counts?.find((entry) => entry.slug === slug) : undefined;
      const before = count === undefined ? live : Math.max(live, count.synced_count - count.created + count.removed);
      return { slug, kind: kinds.get(slug) ?? "account", of, live: before, lost };
    }),
    ...counted.map(({ slug, synced_count, created, removed }) => ({
      slug,
      kind: kinds.get(slug) ?? "account",
      of: "records" as const,
      live: synced_count - created + removed,
      lost: removed,
    })),
  ];
}

function toHeld({ id, started_at, status, confirmed_by }: Session, losses: readonly Loss[]): Schemas["PreviewedHold"] {
  return {
    sync_id: id,
    started_at: started_at.toISOString(),
    was_held: status !== "completed" || confirmed_by !== null,
    losses: losses.map(({ slug = "", of, live, lost }) => ({ slug, of, live, lost })),
  };
}
