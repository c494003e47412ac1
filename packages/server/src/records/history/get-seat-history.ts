import { type Kysely, type Selectable, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { BridgeContext } from "../../bridge-context.ts";
import type { RecordData } from "../../database/tables/records.ts";
import type { Tables } from "../../database/schema.ts";
import { MOST_COUNTED } from "../../http/counted-list.ts";
import { decodeCursor, encodeCursor } from "../../http/cursor.ts";
import { problem } from "../../http/http-error.ts";
import type { Handler } from "../../http/operation.ts";
import { linkTo } from "../../http/page-links.ts";
import { findRecord } from "../find-record.ts";
import { refDigest } from "../ref-index.ts";
import { readSteps, readVersion } from "./read-steps.ts";

type SeatPoint = components["schemas"]["SeatPoint"];
type Seats = Omit<SeatPoint, "at" | "sync_id">;

const VERSION = /^\d{1,9}$/;

/** The seats of a license over time: every change of a record is kept with the state before it, so this is exact. */
export function createGetSeatHistory({ database }: BridgeContext): Handler<"getSeatHistory"> {
  return async ({ key, path, query: { limit = 50, cursor }, url }) => {
    const { app, kind, row } = await findRecord(database, key, path);
    if (kind !== "license") return problem(422, `"${path.slug}" is a type of ${kind}s; only licenses have seats.`);
    const [place] = decodeCursor(cursor, 1) ?? [];
    if (place !== undefined && !VERSION.test(place)) return problem(400, "cursor: is none of this list");
    // The step that ended the previous page has the state after the first step of this one.
    const from = place === undefined ? undefined : Number(place);
    const record = { appId: app.id, slug: path.slug, id: path.record_id };
    const steps = await readSteps(database, record, { from, limit: limit + (from === undefined ? 1 : 2) });
    const last = from === undefined ? undefined : steps.shift();
    const page = steps.slice(0, limit);
    const points: SeatPoint[] = [];
    let after = last === undefined ? toSeats(row.data, row.removed_at) : toSeats(last.before, last.before_removed_at);
    for (const { at, sync_id, before, before_removed_at } of page) {
      const earlier = toSeats(before, before_removed_at);
      if (!areEqual(earlier, after)) points.push({ at: at.toISOString(), sync_id, ...after });
      after = earlier;
    }
    const isEnd = steps.length <= limit;
    if (isEnd) points.push({ ...(await readCreation(database, app.id, row)), ...after });
    const next = isEnd ? null : linkTo(url, { limit, cursor: encodeCursor([String(page.at(-1)?.version)]) });
    return { status: 200, body: { ...(await countAssigned(database, record)), points, next } };
  };
}

async function readCreation(
  database: Kysely<Tables>,
  appId: string,
  { created_version }: Selectable<Tables["records"]>,
): Promise<Pick<SeatPoint, "at" | "sync_id">> {
  const created = await readVersion(database, appId, created_version);
  return created === undefined
    ? { at: null, sync_id: null }
    : { at: created.at.toISOString(), sync_id: created.sync_id };
}

function toSeats({ max_count, used_count, is_unlimited }: RecordData, removedAt: Date | null): Seats {
  return {
    seats: typeof max_count === "number" ? max_count : null,
    used: typeof used_count === "number" ? used_count : null,
    is_unlimited: is_unlimited === true || max_count === 0,
    is_removed: removedAt !== null,
  };
}

function areEqual(one: Seats, other: Seats): boolean {
  return (Object.keys(one) as (keyof Seats)[]).every((name) => one[name] === other[name]);
}

/** The live accounts that have it, counted up to a limit. */
async function countAssigned(
  database: Kysely<Tables>,
  { appId, slug, id }: { appId: string; slug: string; id: string },
): Promise<{ assigned_count: number; count_is_exact: boolean }> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from record_refs ref
      where ref.app_id = ${appId} and ref.slug = ${slug} and ref.ref_digest = ${refDigest(sql`${id}::text`)}
        and not exists (
          select from records account
          where account.app_id = ref.app_id and account.slug = ref.account_slug and account.id = ref.account_id
            and account.removed_at is not null
        )
      limit ${MOST_COUNTED + 1}
    ) account
  `.execute(database);
  const count = rows[0]?.count ?? 0;
  return { assigned_count: Math.min(count, MOST_COUNTED), count_is_exact: count <= MOST_COUNTED };
}
