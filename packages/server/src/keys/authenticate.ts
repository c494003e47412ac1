import type { Kysely } from "kysely";
import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Role, Tables } from "../database/schema.ts";
import { HttpError, NotFoundError } from "../http/http-error.ts";
import { type FoundKey, KeyCache } from "./key-cache.ts";
import { isSecret, parseKey } from "./secret.ts";

/** A key that is known, alive and of the organisation that the address names. */
export interface VerifiedKey {
  id: string;
  name: string;
  orgId: string;
  role: Role;
  /** The apps that it is limited to, `null` for all of the organisation: see `mayUseApp`. */
  appIds: readonly string[] | null;
}

export interface Authenticator {
  /**
   * Who calls: first the key (401, 403), then the organisation (404). Keys that were not seen before are looked up so
   * often for each address and no more (429): guesses must not keep everybody else waiting.
   */
  authenticate(caller: Caller): Promise<VerifiedKey>;
  /** Looks at a key again, for whoever has waited since; throws (403) where it was revoked or has expired. */
  recheck(key: VerifiedKey): Promise<void>;
  /** Has the key looked up again at its next use. */
  forget(id: string): void;
}

/** What a request says of its sender. */
interface Caller {
  authorization: string | undefined;
  tenantSlug: string;
  /** Where the request comes from; undefined in process. */
  address: string | undefined;
}

const NEW_KEYS_PER_SECOND = 100;
const SCHEME = /^api-key +(\S+) *$/i;

export function createAuthenticator(database: Kysely<Tables>, now: () => Date): Authenticator {
  const cache = new KeyCache((id) => findKey(database, id));
  const newKeys = new RateLimiterMemory({ points: NEW_KEYS_PER_SECOND, duration: 1 });

  async function find(id: string, address = "in process"): Promise<FoundKey | undefined> {
    if (cache.isKnown(id)) return cache.find(id);
    const isAllowed = await newKeys.consume(address).then(
      () => true,
      () => false,
    );
    if (!isAllowed)
      throw new HttpError(429, `More than ${NEW_KEYS_PER_SECOND} unknown API keys in a second; try again in 1 s.`, {
        "retry-after": "1",
      });
    const key = await cache.find(id);
    if (key !== undefined) await newKeys.reward(address);
    return key;
  }

  return {
    forget: (id) => cache.forget(id),

    async authenticate({ authorization, tenantSlug, address }) {
      const presented = parseKey(SCHEME.exec(authorization ?? "")?.[1] ?? "");
      if (presented === undefined) throw unauthorized(authorization === undefined ? "missing" : "not valid");
      const key = await find(presented.id, address);
      if (key === undefined || !isSecret(presented.secret, key.secretHash)) throw unauthorized("not valid");
      checkAlive(key, now());
      if (key.orgSlug !== tenantSlug) {
        throw new NotFoundError(`There is no organisation "${tenantSlug}" that this API key belongs to.`);
      }
      const { name, orgId, role, appIds } = key;
      return { id: presented.id, name, orgId, role, appIds };
    },

    async recheck({ id }) {
      const key = await cache.find(id);
      if (key === undefined) throw new HttpError(403, "The API key was deleted.");
      checkAlive(key, now());
    },
  };
}

function checkAlive({ revokedAt, expiresAt }: FoundKey, now: Date): void {
  if (revokedAt !== null) throw new HttpError(403, `The API key was revoked on ${revokedAt.toISOString()}.`);
  if (expiresAt !== null && expiresAt <= now)
    throw new HttpError(403, `The API key expired on ${expiresAt.toISOString()}.`);
}

async function findKey(database: Kysely<Tables>, id: string): Promise<FoundKey | undefined> {
  return database
    .selectFrom("api_keys")
    .innerJoin("orgs", "orgs.id", "api_keys.org_id")
    .select([
      "orgs.id as orgId",
      "orgs.slug as orgSlug",
      "api_keys.name as name",
      "role",
      "app_ids as appIds",
      "secret_hash as secretHash",
      "expires_at as expiresAt",
      "revoked_at as revokedAt",
    ])
    .where("api_keys.id", "=", id)
    .executeTakeFirst();
}

function unauthorized(state: "missing" | "not valid"): HttpError {
  return new HttpError(401, `The API key is ${state}. Send it as: Authorization: Api-Key <key>`, {
    "www-authenticate": "Api-Key",
  });
}
