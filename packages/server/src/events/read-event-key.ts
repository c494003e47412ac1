import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";
import type { VerifiedKey } from "../keys/authenticate.ts";

/** What a key may listen to. */
export interface EventKey {
  mayRead: (appId: string) => boolean;
}

/**
 * A stream outlives its first check, so it checks again. Returns undefined once the key or its secret is no longer
 * valid.
 */
export async function readEventKey(
  database: Kysely<Tables>,
  { id, secretHash }: Pick<VerifiedKey, "id" | "secretHash">,
  now: Date,
): Promise<EventKey | undefined> {
  const key = await database
    .selectFrom("api_keys")
    // Its organisation may be gone.
    .innerJoin("orgs", "orgs.id", "api_keys.org_id")
    .select("app_ids")
    .where("api_keys.id", "=", id)
    .where((row) =>
      row.or([
        row("secret_hash", "=", secretHash),
        row.and([row("old_secret_hash", "=", secretHash), row("old_secret_expires_at", ">", now)]),
      ]),
    )
    .where("revoked_at", "is", null)
    .where((row) => row.or([row("expires_at", "is", null), row("expires_at", ">", now)]))
    .executeTakeFirst();
  if (key === undefined) return undefined;
  return { mayRead: (appId) => key.app_ids === null || key.app_ids.includes(appId) };
}
