import type { Kysely } from "kysely";
import type { Role, Tables } from "../database/schema.ts";
import { HttpError, NotFoundError } from "../http/http-error.ts";
import { isSecret, parseKey } from "./secret.ts";

/** A key that is known, alive and of the organisation that the address names. */
export interface VerifiedKey {
  id: string;
  orgId: string;
  role: Role;
}

const SCHEME = /^api-key +(\S+) *$/i;

/** Who calls: first the key (401, 403), then the organisation (404). */
export async function authenticate(
  database: Kysely<Tables>,
  { authorization, tenantSlug, now }: { authorization: string | undefined; tenantSlug: string; now: Date },
): Promise<VerifiedKey> {
  const presented = parseKey(SCHEME.exec(authorization ?? "")?.[1] ?? "");
  if (presented === undefined) throw unauthorized(authorization === undefined ? "missing" : "not valid");
  const key = await database
    .selectFrom("api_keys")
    .innerJoin("orgs", "orgs.id", "api_keys.org_id")
    .select(["org_id", "role", "secret_hash", "expires_at", "revoked_at", "orgs.slug as org_slug"])
    .where("api_keys.id", "=", presented.id)
    .executeTakeFirst();
  if (key === undefined || !isSecret(presented.secret, key.secret_hash)) throw unauthorized("not valid");
  if (key.revoked_at !== null) {
    throw new HttpError(403, `The API key was revoked on ${key.revoked_at.toISOString()}.`);
  }
  if (key.expires_at !== null && key.expires_at <= now) {
    throw new HttpError(403, `The API key expired on ${key.expires_at.toISOString()}.`);
  }
  if (key.org_slug !== tenantSlug) {
    throw new NotFoundError(`There is no organisation "${tenantSlug}" that this API key belongs to.`);
  }
  return { id: presented.id, orgId: key.org_id, role: key.role };
}

function unauthorized(state: "missing" | "not valid"): HttpError {
  return new HttpError(401, `The API key is ${state}. Send it as: Authorization: Api-Key <key>`, {
    "www-authenticate": "Api-Key",
  });
}
