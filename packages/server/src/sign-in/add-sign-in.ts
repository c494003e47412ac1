import type { Context as HonoContext, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { insertEntry } from "../audit/insert-entry.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { AppEnvironment } from "../http/app-environment.ts";
import { HttpError } from "../http/http-error.ts";
import { hashSecret } from "../keys/secret.ts";
import { signedOut } from "./authenticate-browser.ts";
import type { FoundSession } from "./browser-sessions.ts";
import type { Attempt, SignedIn } from "./oidc-provider.ts";
import { createOneTimeToken, redeemOneTimeToken } from "./one-time-tokens.ts";
import { checkCsrfToken, refuseOtherSites } from "./same-site.ts";
import { csrfTokenOf } from "./secrets.ts";
import { cookieOptions, deleteSessionCookie, readSessionSecrets, setSessionCookie } from "./session-cookies.ts";
import { sendLinkPage, sendRefusalPage } from "./sign-in-pages.ts";
import type { LinkData } from "./sign-in-links.ts";
import { type Identity, keepUser, type User } from "./users.ts";

type Call = HonoContext<AppEnvironment>;

/** One for each attempt: several tabs, and several Bridges at one host, may be signing in at once. */
const toAttemptCookie = (state: string) => `bridge_sign_in_${hashSecret(state).slice(0, 12)}`;
const ATTEMPT_MINUTES = 10;
const ATTEMPTS_PER_MINUTE = 30;
const FORM_BYTES = 4096;

/**
 * How people sign in, below `/sign-in/`: by the OpenID Connect provider, or by a link that works once. The session is in
 * a cookie that no script can read.
 */
export function addSignIn(app: Hono<AppEnvironment>, context: BridgeContext): void {
  const { database, now, logger, signIn } = context;
  const { provider, sessions, browsers } = signIn;
  const attempts = new RateLimiterMemory({ points: ATTEMPTS_PER_MINUTE, duration: 60 });

  /** Limits who comes over the network; a caller in process is the operator's own. */
  async function limit(call: Call): Promise<void> {
    if (call.env?.address === undefined) return;
    await attempts.consume(call.env.address).catch(() => {
      throw new HttpError(429, "Too many sign-ins from this address; try again in a minute.", { "retry-after": "60" });
    });
  }

  async function findOrg(slug: string) {
    return database.selectFrom("orgs").select(["id", "slug"]).where("slug", "=", slug).executeTakeFirst();
  }

  async function record(operation: string, user: { id: string; org_id: string; name: string }, call: Call) {
    await insertEntry(database, {
      org_id: user.org_id,
      at: now(),
      key_id: `user_${user.id}`,
      key_name: user.name,
      operation,
      path: "/sign-in/",
      app_id: null,
      status: 200,
      request_id: call.get("requestId"),
    });
  }

  /** Starts a session and sends the browser to where it wanted to go, relative to `sign-in/`. */
  async function begin(
    call: Call,
    user: User,
    { refreshToken, to }: { refreshToken?: string | undefined; to: string },
  ) {
    const before = await sessions.find(readSessionSecrets(call));
    if (before !== undefined) deleteSessionCookie(call, before.secret);
    const secret = await sessions.create(user, refreshToken);
    await record("signIn", user, call);
    setSessionCookie(call, user.org_id, secret);
    return call.redirect(to, 303);
  }

  /** Says why on a page, and who is signed in already: a link may have been opened twice. */
  async function refuse(call: Call, status: number, reason: string) {
    const session = await sessions.find(readSessionSecrets(call));
    return sendRefusalPage(call, { status: status as ContentfulStatusCode, reason, session });
  }

  /** A person is at the other end: what is refused is said on a page, not as JSON. */
  const onPage = (handler: (call: Call) => Promise<Response>) => async (call: Call) => {
    try {
      return await handler(call);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      for (const [name, value] of Object.entries(error.headers)) call.header(name, value);
      return refuse(call, error.status, error.message);
    }
  };

  app.get("/sign-in/", async (call) => {
    const session = await browsers.find(readSessionSecrets(call), call.env?.address);
    return call.json({
      provider: provider === undefined ? null : { title: provider.title, org: provider.org },
      session: session === undefined ? null : toBody(session),
    });
  });

  const start = async (call: Call) => {
    if (provider === undefined)
      throw new HttpError(404, "This Bridge has no identity provider; see docs/operating.md.");
    await limit(call);
    const { url, attempt } = await provider.start(toConsolePath(call.req.query("return_to")));
    const expiresAt = new Date(now().getTime() + ATTEMPT_MINUTES * 60_000);
    const token = await createOneTimeToken(database, { kind: "attempt", orgId: null, data: attempt, expiresAt }, now());
    setCookie(call, toAttemptCookie(attempt.state), token, { ...cookieOptions(call), maxAge: ATTEMPT_MINUTES * 60 });
    return call.redirect(url.href, 303);
  };
  app.get("/sign-in/start", onPage(start));

  const comeBack = async (call: Call) => {
    const cookie = toAttemptCookie(call.req.query("state") ?? "");
    const token = getCookie(call, cookie);
    deleteCookie(call, cookie, cookieOptions(call));
    const kept = token === undefined ? undefined : await redeemOneTimeToken(database, "attempt", token, now());
    if (provider === undefined || kept === undefined)
      return refuse(call, 400, "This sign-in was completed already, took too long, or began in another browser.");
    // Only this function has sealed it.
    const attempt = kept.data as Attempt;
    let signedIn: SignedIn;
    try {
      signedIn = await provider.finish(new URL(call.req.url).searchParams, attempt);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      logger.warn({ error: error.message, requestId: call.get("requestId") }, "a sign-in failed");
      return refuse(call, error.status, error.message);
    }
    const { identity, role, refreshToken } = signedIn;
    const org = await findOrg(provider.org);
    if (org === undefined || role === undefined)
      return refuse(
        call,
        403,
        `${identity.name} has no role in this Bridge. Ask an administrator to add you to a group that has one.`,
      );
    const user = await keepUser(database, org.id, { identity, role, now: now() });
    if (user.disabled_at !== null)
      return refuse(call, 403, `${identity.name} may not sign in any more; ask an administrator.`);
    return begin(call, user, { refreshToken, to: `..${attempt.returnTo}` });
  };
  app.get("/sign-in/callback", onPage(comeBack));

  app.get("/sign-in/link", async (call) => sendLinkPage(call, call.req.query("token") ?? ""));

  const followLink = async (call: Call) => {
    await limit(call);
    refuseOtherSites(call.req.header("sec-fetch-site"));
    const token = new URLSearchParams(await call.req.text()).get("token") ?? "";
    const kept = await redeemOneTimeToken(database, "link", token, now());
    if (kept?.orgId == null)
      return refuse(
        call,
        410,
        "The link was used already or is older than 10 minutes. The command bridgekit login prints another one.",
      );
    const { name, role, org } = kept.data as LinkData;
    const identity: Identity = { issuer: "link", subject: name, name, email: null };
    const user = await keepUser(database, kept.orgId, { identity, role, now: now() });
    if (user.disabled_at !== null) return refuse(call, 403, `${name} may not sign in any more.`);
    return begin(call, user, { to: `../o/${org}` });
  };
  app.post("/sign-in/link", bodyLimit({ maxSize: FORM_BYTES }), onPage(followLink));

  /** Ends the session, or all sessions of the person. */
  const signOut = async (call: Call, end: (session: FoundSession) => Promise<void>) => {
    refuseOtherSites(call.req.header("sec-fetch-site"));
    const session = await browsers.find(readSessionSecrets(call), call.env?.address);
    if (session === undefined) throw signedOut();
    checkCsrfToken(session.secret, call.req.header("x-csrf-token"));
    await end(session);
    await record("signOut", { id: session.userId, org_id: session.orgId, name: session.name }, call);
    deleteSessionCookie(call, session.secret);
    return call.body(null, 204);
  };
  app.post("/sign-in/out", (call) => signOut(call, (session) => sessions.end(session)));
  app.post("/sign-in/out-everywhere", (call) => signOut(call, ({ userId }) => sessions.endAll(userId)));
}

function toBody({ userId, name, email, role, orgSlug, expiresAt, secret }: FoundSession) {
  return {
    user: { id: userId, name, email },
    org: orgSlug,
    role,
    expires_at: expiresAt.toISOString(),
    csrf_token: csrfTokenOf(secret),
  };
}

/** A path of the console, never an address of another site. */
function toConsolePath(path = "/"): string {
  const base = new URL("http://bridge.invalid/");
  const url = URL.parse(path, base.href);
  const isLocal = /^\/(?![/\\])/.test(path) && url?.origin === base.origin;
  return isLocal ? `${url.pathname}${url.search}${url.hash}` : "/";
}
