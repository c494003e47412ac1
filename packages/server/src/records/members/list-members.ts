import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import type { BridgeContext } from "../../bridge-context.ts";
import type { App } from "../../apps/find-app.ts";
import type { Tables } from "../../database/schema.ts";
import { decodeCursor, encodeCursor } from "../../http/cursor.ts";
import { HttpError, problem } from "../../http/http-error.ts";
import type { Handler } from "../../http/operation.ts";
import { linkTo } from "../../http/page-links.ts";
import { findRecord } from "../find-record.ts";
import { type Place, walkMembers } from "./walk-members.ts";

type Member = components["schemas"]["Member"];

/** Of at most 1,000 changes each. */
const MOST_STEPS = 5;

/** Lists the accounts in a group or with a license, as they are or as they were. */
export function createListMembers({ database, now }: BridgeContext): Handler<"listMembers"> {
  return async ({ key, path, query: { at, limit = 50, cursor }, url }) => {
    const { app, types, kind } = await findRecord(database, key, path);
    if (kind === "account")
      return problem(422, `"${path.slug}" is a type of accounts; only groups and licenses have members.`);
    const time = at === undefined ? now() : new Date(at);
    const kept = await readKept(database, app, time);
    if (at !== undefined && kept.since !== null && time < kept.since)
      return problem(
        422,
        `at: ${time.toISOString()} is before what is kept; members are known since ${kept.since.toISOString()}.`,
      );
    const steps = walkMembers(database, {
      appId: app.id,
      version: at === undefined ? app.live_version : kept.version,
      ref: { field: kind === "group" ? "memberships" : "assignments", slug: path.slug, id: path.record_id },
      slugs: types.filter(({ type }) => type === "account").map(({ slug }) => slug),
      from: toPlace(cursor),
      limit,
    });
    const members: Member[] = [];
    let end: Place | undefined;
    let left = MOST_STEPS;
    for await (const { found, lookedTo } of steps) {
      const page = found.slice(0, limit - members.length);
      members.push(...page.map(({ member }) => member));
      if (members.length < limit && --left > 0) continue;
      end = page.length < found.length ? page.at(-1)?.place : lookedTo;
      break;
    }
    const next = end === undefined ? null : linkTo(url, { limit, cursor: encodeCursor(fromPlace(end)) });
    return {
      status: 200,
      body: {
        at: time.toISOString(),
        sync_id: kept.syncId,
        kept_since: kept.since?.toISOString() ?? null,
        members,
        next,
      },
    };
  };
}

interface Kept {
  /** The version of the app at that time; 0 before the first one. */
  version: number;
  syncId: string | null;
  /** Since when every change is kept; null if all are. */
  since: Date | null;
}

async function readKept(database: Kysely<Tables>, { id, live_version: live }: App, time: Date): Promise<Kept> {
  const sessions = database
    .selectFrom("sync_sessions")
    .select(["id", "version", "reconciled_at"])
    .where("app_id", "=", id)
    .where("version", "is not", null);
  const oldest = await sessions.orderBy("version").limit(1).executeTakeFirst();
  // The sessions that made it what it is are gone.
  if (oldest === undefined) return { version: live, syncId: null, since: live === 0 ? null : time };
  const last = await sessions
    .where("reconciled_at", "<=", time)
    .orderBy("reconciled_at", "desc")
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  return {
    version: last?.version ?? 0,
    syncId: last?.id ?? null,
    since: oldest.version === 1 ? null : oldest.reconciled_at,
  };
}

const NUMBER = /^\d{1,9}$/;

function fromPlace(place: Place): readonly string[] {
  return [String(place.after), place.slug, place.id];
}

/** Throws 400 for the cursor of another list. */
function toPlace(cursor: string | undefined): Place | undefined {
  const place = decodeCursor(cursor, 3);
  if (place === undefined) return undefined;
  const [after = "", slug = "", id = ""] = place;
  if (!NUMBER.test(after)) throw new HttpError(400, "cursor: is unknown; take it from `next` of the previous page");
  return { after: Number(after), slug, id };
}
