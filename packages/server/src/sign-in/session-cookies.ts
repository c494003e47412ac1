import type { Context as HonoContext } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { AppEnvironment } from "../http/app-environment.ts";
import { toReachedUrl } from "../http/reached-url.ts";

type Call = HonoContext<AppEnvironment>;

// A browser sends the cookies of a host to all its ports and, behind a proxy, to all its paths. The organisation tells
// the session of this Bridge from those of others there; sessions of earlier versions have no name of their own.
const SESSION_COOKIE = /^bridge_session(?:_[0-9a-f]{12})?$/;
const MOST_SESSIONS = 10;

/** The secrets of the sessions that a browser has, of which some may be of other Bridges. No script can read them. */
export function readSessionSecrets(call: Call): readonly string[] {
  return readSessionCookies(call)
    .map(([, secret]) => secret)
    .slice(0, MOST_SESSIONS);
}

export function setSessionCookie(call: Call, orgId: string, secret: string): void {
  setCookie(call, `bridge_session_${orgId.replaceAll("-", "").slice(0, 12)}`, secret, cookieOptions(call));
}

export function deleteSessionCookie(call: Call, secret: string): void {
  for (const [name, value] of readSessionCookies(call))
    if (value === secret) deleteCookie(call, name, cookieOptions(call));
}

function readSessionCookies(call: Call): [name: string, secret: string][] {
  return Object.entries(getCookie(call)).filter(([name]) => SESSION_COOKIE.test(name));
}

/** Lax, not strict: the way back from the provider begins at another site. */
export function cookieOptions(call: Call) {
  const { protocol } = toReachedUrl(call.req.url, call.req.header("x-forwarded-proto"));
  return { path: "/", httpOnly: true, sameSite: "Lax", secure: protocol === "https:" } as const;
}
