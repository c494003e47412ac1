import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Logger } from "pino";
import { HttpError, NotFoundError } from "../http/http-error.ts";
import { type Authenticator, InvalidKeyError, type VerifiedKey } from "../keys/authenticate.ts";
import { toLoggable } from "../loggable-error.ts";
import type { BrowserSession, BrowserSessions, FoundSession } from "./browser-sessions.ts";
import type { OidcProvider } from "./oidc-provider.ts";
import { checkCsrfToken, refuseOtherSites } from "./same-site.ts";

const USER_PREFIX = "user_";
const UNKNOWN_PER_SECOND = 100;

/** What a browser says beside its cookie. */
interface BrowserCall {
  /** The secrets in its cookies, of which some may be of other Bridges. */
  secrets: readonly string[];
  isChange: boolean;
  csrfToken: string | undefined;
  /** `Sec-Fetch-Site`: where the page is that makes the call. Older browsers do not say. */
  site: string | undefined;
  tenantSlug: string;
  address: string | undefined;
  /** Whether the page calls by itself while nobody is there, which keeps no session alive. */
  isUnattended: boolean;
}

export interface BrowserAuthenticator {
  /** Who calls, and the secret that proves it. */
  authenticate(call: BrowserCall): Promise<{ key: VerifiedKey; secret: string }>;
  /** The session of the cookies, with what the provider says now; undefined if there is none any more. */
  find(secrets: readonly string[], address: string | undefined): Promise<FoundSession | undefined>;
}

/** Identifies people by the session in their cookie. A change needs the CSRF token of that session as well. */
export function createBrowserAuthenticator(
  sessions: BrowserSessions,
  { provider, logger }: { provider: OidcProvider | undefined; logger: Logger },
): BrowserAuthenticator {
  const unknown = new RateLimiterMemory({ points: UNKNOWN_PER_SECOND, duration: 1 });

  /** Asks the provider what somebody may do now, if that is due. */
  async function recheck(session: FoundSession): Promise<FoundSession | undefined> {
    const { sealedRefreshToken, secret } = session;
    if (sealedRefreshToken === undefined || provider === undefined) return session;
    if (!(await sessions.claimRecheck(session))) return session;
    try {
      const signedIn = await provider.refresh(sessions.openRefreshToken(sealedRefreshToken, secret));
      if (signedIn?.role === undefined) {
        // Without a role nobody is to stay signed in elsewhere either; a refused token may be that of one session.
        await (signedIn === undefined ? sessions.end(session) : sessions.endAll(session.userId));
        return undefined;
      }
      await sessions.keepRecheck(session, { role: signedIn.role, refreshToken: signedIn.refreshToken, secret });
      return { ...session, role: signedIn.role };
    } catch (error) {
      // A provider that is down signs nobody out; the session ends by itself in time.
      logger.warn({ error: toLoggable(error) }, "the identity provider could not be asked about a session");
      return session;
    }
  }

  async function find(
    secrets: readonly string[],
    address = "in process",
    isUnattended = false,
  ): Promise<FoundSession | undefined> {
    if (secrets.length === 0) return undefined;
    const limit = await unknown.get(address);
    if (limit !== null && limit.consumedPoints > UNKNOWN_PER_SECOND) throw tooMany();
    const found = await sessions.find(secrets);
    if (found === undefined) {
      await unknown.consume(address).catch(() => {
        throw tooMany();
      });
      return undefined;
    }
    const session = await recheck(found);
    if (session !== undefined && !isUnattended) await sessions.noteUse(session);
    return session;
  }

  return {
    find,

    async authenticate({ secrets, isChange, csrfToken, site, tenantSlug, address, isUnattended }) {
      refuseOtherSites(site);
      const session = await find(secrets, address, isUnattended);
      if (session === undefined) throw signedOut();
      if (session.orgSlug !== tenantSlug)
        throw new NotFoundError(`There is no organisation "${tenantSlug}" that you are signed in to.`);
      if (isChange) checkCsrfToken(session.secret, csrfToken);
      return { key: toKey(session), secret: session.secret };
    },
  };
}

/** Whether a caller is somebody who is signed in, and no API key. */
export function isPerson({ id }: Pick<VerifiedKey, "id">): boolean {
  return id.startsWith(USER_PREFIX);
}

/** Adds people who are signed in to an authenticator of keys. */
export function withPeople(keys: Authenticator, sessions: BrowserSessions): Authenticator {
  return {
    ...keys,
    async recheck(key) {
      if (!isPerson(key)) return keys.recheck(key);
      if ((await sessions.findByHash(key.secretHash)) === undefined)
        throw new InvalidKeyError("You were signed out.", key);
    },
  };
}

/** Somebody who is signed in calls like a key with their name and role. */
function toKey({ userId, name, email, orgId, role, hash }: BrowserSession): VerifiedKey {
  const label = email === null || email === name ? name : `${name} <${email}>`;
  return { id: `${USER_PREFIX}${userId}`, name: label, orgId, role, appIds: null, secretHash: hash };
}

export function signedOut(): HttpError {
  return new HttpError(401, "You are signed out, or your session has ended. Sign in again.");
}

function tooMany(): HttpError {
  return new HttpError(429, `More than ${UNKNOWN_PER_SECOND} unknown sessions in a second; try again in 1 s.`, {
    "retry-after": "1",
  });
}
