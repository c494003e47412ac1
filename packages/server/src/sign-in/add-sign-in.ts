import type { Context as HonoContext, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { insertEntry } from "../audit/insert-entry.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { AppEnvironment } from "../http/app-environment.ts";
import { HttpError } from "../http/http-error.ts";
import { toReachedUrl } from "../http/reached-url.ts";
import { SESSION_COOKIE, signedOut } from "./authenticate-browser.ts";
import type { BrowserSession } from "./browser-sessions.ts";
import type { Attempt, SignedIn } from "./oidc-provider.ts";
import { createOneTimeToken, redeemOneTimeToken } from "./one-time-tokens.ts";
import { checkCsrfToken, refuseOtherSites } from "./same-site.ts";
import { csrfTokenOf } from "./secrets.ts";
import { sendLinkPage, sendRefusalPage } from "./sign-in-pages.ts";
import type { LinkData } from "./sign-in-links.ts";
import { type Identity, keepUser, type User } from "./users.ts";

type Call = HonoContext<AppEnvironment>;

const ATTEMPT_COOKIE = "bridge_sign_in";
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
    const secret = await sessions.create(user, refreshToken);
    await record("signIn", user, call);
    setCookie(call, SESSION_COOKIE, secret, cookieOptions(call));
    return call.redirect(to, 303);
  }

  app.get("/sign-in/", async (call) => {
    const secret = getCookie(call, SESSION_COOKIE);
    const session = secret === undefined ? undefined : await browsers.find(secret, call.env?.address);
    return call.json({
      provider: provider === undefined ? null : { title: provider.title, org: provider.org },
      session: session === undefined || secret === undefined ? null : toBody(session, secret),
    });
  });

  app.get("/sign-in/start", async (call) => {
    if (provider === undefined)
      throw new HttpError(404, "This Bridge has no identity provider; see docs/operating.md.");
    await limit(call);
    const { url, attempt } = await provider.start(toConsolePath(call.req.query("return_to")));
    const expiresAt = new Date(now().getTime() + ATTEMPT_MINUTES * 60_000);
    const token = await createOneTimeToken(database, { kind: "attempt", orgId: null, data: attempt, expiresAt }, now());
    setCookie(call, ATTEMPT_COOKIE, token, { ...cookieOptions(call), maxAge: ATTEMPT_MINUTES * 60 });
    return call.redirect(url.href, 303);
  });

  app.get("/sign-in/callback", async (call) => {
    const token = getCookie(call, ATTEMPT_COOKIE);
    deleteCookie(call, ATTEMPT_COOKIE, cookieOptions(call));
    const kept = token === undefined ? undefined : await redeemOneTimeToken(database, "attempt", token, now());
    if (provider === undefined || kept === undefined)
      return sendRefusalPage(
        call,
        400,
        "This sign-in was completed already, took too long, or began in another browser.",
      );
    // Only this function has sealed it.
    const attempt = kept.data as Attempt;
    let signedIn: SignedIn;
    try {
      signedIn = await provider.finish(new URL(call.req.url).searchParams, attempt);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      logger.warn({ error: error.message, requestId: call.get("requestId") }, "a sign-in failed");
      return sendRefusalPage(call, 400, error.message);
    }
    const { identity, role, refreshToken } = signedIn;
    const org = await findOrg(provider.org);
    if (org === undefined || role === undefined)
      return sendRefusalPage(
        call,
        403,
        `${identity.name} has no role in this Bridge. Ask an administrator to add you to a group that has one.`,
      );
    const user = await keepUser(database, org.id, { identity, role, now: now() });
    if (user.disabled_at !== null)
      return sendRefusalPage(call, 403, `${identity.name} may not sign in any more; ask an administrator.`);
    return begin(call, user, { refreshToken, to: `..${attempt.returnTo}` });
  });

  app.get("/sign-in/link", async (call) => sendLinkPage(call, call.req.query("token") ?? ""));

  app.post("/sign-in/link", bodyLimit({ maxSize: FORM_BYTES }), async (call) => {
    await limit(call);
    refuseOtherSites(call.req.header("sec-fetch-site"));
    const token = new URLSearchParams(await call.req.text()).get("token") ?? "";
    const kept = await redeemOneTimeToken(database, "link", token, now());
    if (kept?.orgId == null)
      return sendRefusalPage(
        call,
        410,
        "The link was used already or is older than 10 minutes. The command bridgekit login prints another one.",
      );
    const { name, role, org } = kept.data as LinkData;
    const identity: Identity = { issuer: "link", subject: name, name, email: null };
    const user = await keepUser(database, kept.orgId, { identity, role, now: now() });
    if (user.disabled_at !== null) return sendRefusalPage(call, 403, `${name} may not sign in any more.`);
    return begin(call, user, { to: `../o/${org}` });
  });

  /** Ends the session, or all sessions of the person. */
  const signOut = async (call: Call, end: (session: BrowserSession) => Promise<void>) => {
    refuseOtherSites(call.req.header("sec-fetch-site"));
    const secret = getCookie(call, SESSION_COOKIE);
    const session = secret === undefined ? undefined : await browsers.find(secret, call.env?.address);
    if (session === undefined || secret === undefined) throw signedOut();
    checkCsrfToken(secret, call.req.header("x-csrf-token"));
    await end(session);
    await record("signOut", { id: session.userId, org_id: session.orgId, name: session.name }, call);
    deleteCookie(call, SESSION_COOKIE, cookieOptions(call));
    return call.body(null, 204);
  };
  app.post("/sign-in/out", (call) => signOut(call, (session) => sessions.end(session)));
  app.post("/sign-in/out-everywhere", (call) => signOut(call, ({ userId }) => sessions.endAll(userId)));
}

function toBody(session: BrowserSession, secret: string) {
  const { userId, name, email, role, orgSlug, expiresAt } = session;
  return {
    user: { id: userId, name, email },
    org: orgSlug,
    role,
    expires_at: expiresAt.toISOString(),
    csrf_token: csrfTokenOf(secret),
  };
}

/** Lax, not strict: the way back from the provider begins at another site. */
function cookieOptions(call: Call) {
  const { protocol } = toReachedUrl(call.req.url, call.req.header("x-forwarded-proto"));
  return { path: "/", httpOnly: true, sameSite: "Lax", secure: protocol === "https:" } as const;
}

/** A path of the console, never an address of another site. */
function toConsolePath(path = "/"): string {
  const base = new URL("http://bridge.invalid/");
  const url = URL.parse(path, base.href);
  const isLocal = /^\/(?![/\\])/.test(path) && url?.origin === base.origin;
  return isLocal ? `${url.pathname}${url.search}${url.hash}` : "/";
}
