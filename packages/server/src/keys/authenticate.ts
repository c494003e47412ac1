import type { Kysely } from "kysely";
import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Logger } from "pino";
import type { Role, Tables } from "../database/schema.ts";
import { HttpError, NotFoundError } from "../http/http-error.ts";
import { type FoundKey, KeyCache } from "./key-cache.ts";
import { createNoteUse } from "./last-use.ts";
import { isSecret, parseKey } from "./secret.ts";

/** A key that is known, alive and of the organisation that the address names. */
export interface VerifiedKey {
  id: string;
  name: string;
  orgId: string;
  role: Role;
  /** The apps that it is limited to, `null` for all of the organisation: see `mayUseApp`. */
  appIds: readonly string[] | null;
  /** Of the secret that the call came with. */
  secretHash: string;
}

/** The key is known and proven, and not valid any more. */
export class InvalidKeyError extends HttpError {
  readonly key: Pick<VerifiedKey, "id" | "name" | "orgId">;

  constructor(detail: string, { id, name, orgId }: InvalidKeyError["key"]) {
    super(403, detail);
    this.key = { id, name, orgId };
  }
}

export interface Authenticator {
  /**
   * Who calls: first the key (401, 403), then the organisation (404). Keys that were not seen before, or with another
   * secret, are looked up so often for each address and no more (429): guesses must not keep everybody else waiting.
   */
  authenticate(caller: Caller): Promise<VerifiedKey>;
  /** Looks at a key again, for whoever has waited since; throws (403) where it, or its secret, is not valid any more. */
  recheck(key: VerifiedKey): Promise<void>;
  /** Has the key looked up again at its next use. */
  forget(id: string): void;
  /** The same of all keys of an organisation that is gone. */
  forgetOrg(orgId: string): void;
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

export function createAuthenticator(
  database: Kysely<Tables>,
  { now, logger }: { now: () => Date; logger: Logger },
): Authenticator {
  const cache = new KeyCache((id) => findKey(database, id));
  const newKeys = new RateLimiterMemory({ points: NEW_KEYS_PER_SECOND, duration: 1 });
  const noteUse = createNoteUse(database, { now, logger });

  async function find({ id, secret }: Presented, address = "in process"): Promise<Proven | undefined> {
    const remembered = cache.isKnown(id) ? prove(await cache.find(id), secret, now()) : undefined;
    if (remembered !== undefined) return remembered;
    await newKeys.consume(address).catch(() => {
      throw new HttpError(429, `More than ${NEW_KEYS_PER_SECOND} unknown API keys in a second; try again in 1 s.`, {
        "retry-after": "1",
      });
    });
    // Another process may have given a key that is remembered another secret.
    if (cache.isKnown(id)) cache.forget(id);
    const proven = prove(await cache.find(id), secret, now());
    if (proven !== undefined) await newKeys.reward(address);
    return proven;
  }

  return {
    forget: (id) => cache.forget(id),
    forgetOrg: (orgId) => cache.forgetOrg(orgId),

    async authenticate({ authorization, tenantSlug, address }) {
      const presented = parseKey(SCHEME.exec(authorization ?? "")?.[1] ?? "");
      if (presented === undefined) throw unauthorized(authorization === undefined ? "missing" : "not valid");
      const proven = await find(presented, address);
      if (proven === undefined) throw unauthorized("not valid");
      const { found, secretHash } = proven;
      const { id } = presented;
      const isOwn = found.orgSlug === tenantSlug;
      const end = describeEnd(found, now());
      // What was called at the address of others is not for the audit trail of its own organisation.
      if (end !== undefined) throw isOwn ? new InvalidKeyError(end, { ...found, id }) : new HttpError(403, end);
      if (!isOwn) throw new NotFoundError(`There is no organisation "${tenantSlug}" that this API key belongs to.`);
      await noteUse(id, secretHash === found.secretHash ? "current" : "old");
      const { name, orgId, role, appIds } = found;
      return { id, name, orgId, role, appIds, secretHash };
    },

    async recheck(key) {
      const found = await cache.find(key.id);
      if (found === undefined) throw new InvalidKeyError("The API key was deleted.", key);
      const end = describeEnd(found, now());
      if (end !== undefined) throw new InvalidKeyError(end, key);
      if (!validHashes(found, now()).includes(key.secretHash))
        throw new InvalidKeyError("The API key was given another secret.", key);
    },
  };
}

type Presented = NonNullable<ReturnType<typeof parseKey>>;

interface Proven {
  found: FoundKey;
  /** Of the secret that proves it. */
  secretHash: string;
}

/** The key, if the secret is one of its own. */
function prove(found: FoundKey | undefined, secret: string, now: Date): Proven | undefined {
  if (found === undefined) return undefined;
  const secretHash = validHashes(found, now).find((hash) => isSecret(secret, hash));
  return secretHash === undefined ? undefined : { found, secretHash };
}

/** Of the secret of a key, and of the one before while that is valid too. */
function validHashes({ secretHash, oldSecretHash, oldSecretExpiresAt }: FoundKey, now: Date): string[] {
  const isOldValid = oldSecretHash !== null && oldSecretExpiresAt !== null && oldSecretExpiresAt > now;
  return isOldValid ? [secretHash, oldSecretHash] : [secretHash];
}

/** Why a key is not valid any more; undefined where it is. */
function describeEnd({ revokedAt, expiresAt }: FoundKey, now: Date): string | undefined {
  if (revokedAt !== null) return `The API key was revoked on ${revokedAt.toISOString()}.`;
  if (expiresAt !== null && expiresAt <= now) return `The API key expired on ${expiresAt.toISOString()}.`;
  return undefined;
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
      "old_secret_hash as oldSecretHash",
      "old_secret_expires_at as oldSecretExpiresAt",
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
