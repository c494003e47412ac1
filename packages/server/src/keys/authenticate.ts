import type { Kysely } from "kysely";
import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Logger } from "pino";
import type { Role } from "../database/tables/callers.ts";
import type { Tables } from "../database/schema.ts";
import { HttpError, NotFoundError } from "../http/http-error.ts";
import { type FoundKey, KeyCache } from "./key-cache.ts";
import { createNoteUse } from "./last-use.ts";
import { isSecret, parseKey } from "./secret.ts";

/** A valid key of the organisation in the URL. */
export interface VerifiedKey {
  id: string;
  name: string;
  orgId: string;
  role: Role;
  /** The apps that it is limited to, `null` for the whole organisation; see `mayUseApp`. */
  appIds: readonly string[] | null;
  /** Hash of the secret of this call. */
  secretHash: string;
}

/** A verified key that is no longer valid. */
export class InvalidKeyError extends HttpError {
  readonly key: Pick<VerifiedKey, "id" | "name" | "orgId">;

  constructor(detail: string, { id, name, orgId }: InvalidKeyError["key"]) {
    super(403, detail);
    this.key = { id, name, orgId };
  }
}

export interface Authenticator {
  /**
   * Authenticates a call: first the key (401, 403), then the organisation (404). Unknown keys and wrong secrets are
   * looked up at a limited rate per address (429), so that guesses delay nobody else.
   */
  authenticate(caller: Caller): Promise<VerifiedKey>;
  /** Checks a key again after a wait. Throws 403 if it or its secret is no longer valid. */
  recheck(key: VerifiedKey): Promise<void>;
  /** Looks the key up again at its next use. */
  forget(id: string): void;
  /** The same for all keys of a deleted organisation. */
  forgetOrg(orgId: string): void;
}

/** What a request says about its sender. */
interface Caller {
  authorization: string | undefined;
  tenantSlug: string;
  /** The client's address; undefined in process. */
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
    // Another process may have rotated a cached key.
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
      // Calls to other organisations do not belong in the audit trail of the key's own organisation.
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
        throw new InvalidKeyError("The API key has a new secret.", key);
    },
  };
}

type Presented = NonNullable<ReturnType<typeof parseKey>>;

interface Proven {
  found: FoundKey;
  /** Hash of its secret. */
  secretHash: string;
}

/** Returns the key if the secret is one of its secrets. */
function prove(found: FoundKey | undefined, secret: string, now: Date): Proven | undefined {
  if (found === undefined) return undefined;
  const secretHash = validHashes(found, now).find((hash) => isSecret(secret, hash));
  return secretHash === undefined ? undefined : { found, secretHash };
}

/** Hashes of the key's secret and, while valid, of the previous one. */
function validHashes({ secretHash, oldSecretHash, oldSecretExpiresAt }: FoundKey, now: Date): string[] {
  const isOldValid = oldSecretHash !== null && oldSecretExpiresAt !== null && oldSecretExpiresAt > now;
  return isOldValid ? [secretHash, oldSecretHash] : [secretHash];
}

/** Why a key is no longer valid; undefined if it is valid. */
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
