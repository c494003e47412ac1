import type { Kysely } from "kysely";
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
  /** Who calls: first the key (401, 403), then the organisation (404). */
  authenticate(authorization: string | undefined, tenantSlug: string): Promise<VerifiedKey>;
  /** Has the key looked up again at its next use. */
  forget(id: string): void;
}

const SCHEME = /^api-key +(\S+) *$/i;

export function createAuthenticator(database: Kysely<Tables>, now: () => Date): Authenticator {
  const cache = new KeyCache((id) => findKey(database, id));
  return {
    forget: (id) => cache.forget(id),

    async authenticate(authorization, tenantSlug) {
      const presented = parseKey(SCHEME.exec(authorization ?? "")?.[1] ?? "");
      if (presented === undefined) throw unauthorized(authorization === undefined ? "missing" : "not valid");
      const key = await cache.find(presented.id);
      if (key === undefined || !isSecret(presented.secret, key.secretHash)) throw unauthorized("not valid");
      if (key.revokedAt !== null)
        throw new HttpError(403, `The API key was revoked on ${key.revokedAt.toISOString()}.`);
      if (key.expiresAt !== null && key.expiresAt <= now()) {
        throw new HttpError(403, `The API key expired on ${key.expiresAt.toISOString()}.`);
      }
      if (key.orgSlug !== tenantSlug) {
        throw new NotFoundError(`There is no organisation "${tenantSlug}" that this API key belongs to.`);
      }
      const { name, orgId, role, appIds } = key;
      return { id: presented.id, name, orgId, role, appIds };
    },
  };
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
