import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";
import { type Authenticator, InvalidKeyError, type VerifiedKey } from "../keys/authenticate.ts";
import { isPerson } from "../sign-in/authenticate-browser.ts";

/** What a key may listen to. */
export interface EventKey {
  mayRead: (appId: string) => boolean;
}

interface Known {
  database: Kysely<Tables>;
  authenticator: Authenticator;
  now: () => Date;
}

/**
 * A stream outlives its first check, so it checks again. Returns undefined once the key or its secret is no longer
 * valid, or a person was signed out.
 */
export async function readEventKey(
  { database, authenticator, now }: Known,
  caller: VerifiedKey,
): Promise<EventKey | undefined> {
  return isPerson(caller) ? readPerson(authenticator, caller) : readKey(database, caller, now());
}

async function readPerson(authenticator: Authenticator, person: VerifiedKey): Promise<EventKey | undefined> {
  try {
    await authenticator.recheck(person);
    return { mayRead: () => true };
  } catch (error) {
    if (error instanceof InvalidKeyError) return undefined;
    throw error;
  }
}

/** As it is now: what another process changed of it is not in the cache of this one. */
async function readKey(
  database: Kysely<Tables>,
  { id, secretHash }: VerifiedKey,
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
