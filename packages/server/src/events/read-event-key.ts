import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";

/** What a key may hear of. */
export interface EventKey {
  mayRead: (appId: string) => boolean;
}

/** A stream outlives the check at its beginning, so it asks again; undefined once the key is revoked or expired. */
export async function readEventKey(database: Kysely<Tables>, keyId: string, now: Date): Promise<EventKey | undefined> {
  const key = await database
    .selectFrom("api_keys")
    .select("app_ids")
    .where("id", "=", keyId)
    .where("revoked_at", "is", null)
    .where((row) => row.or([row("expires_at", "is", null), row("expires_at", ">", now)]))
    .executeTakeFirst();
  if (key === undefined) return undefined;
  return { mayRead: (appId) => key.app_ids === null || key.app_ids.includes(appId) };
}
