import { createHash } from "node:crypto";
import { secretsOf } from "./request-parts.ts";

const NAMES =
  /^(?:(?:access|refresh|id|session|auth|csrf|xsrf)[_-]?token|token|jwt|assertion|client[_-]?(?:secret|assertion)|pass(?:word|wd|phrase)|secret|api[_-]?key|session[_-]?id)$/i;
const SESSION_COOKIE = /sess|token|auth|sid\b|jwt/i;

/** The credentials in what is sent or comes back: fields of a form or of a JSON object, named as such fields are. */
export function* credentialsIn(body: unknown, depth = 2): Generator<string> {
  if (typeof body !== "object" || body === null || Array.isArray(body) || depth === 0) return;
  const pairs: Iterable<[string, unknown]> = body instanceof URLSearchParams ? body : Object.entries(body);
  for (const [name, value] of pairs)
    if (typeof value !== "string") yield* credentialsIn(value, depth - 1);
    else if (NAMES.test(name)) yield value;
}

/** Those in the query of an address, where a plain `token` is more often the place of a page. */
export function* credentialsInAddress({ searchParams }: URL): Generator<string> {
  for (const [name, value] of searchParams) if (NAMES.test(name) && !/^token$/i.test(name)) yield value;
}

/** The values of the cookies that a response sets for a session. */
export function* sessionCookies(headers: Headers): Generator<string> {
  for (const cookie of headers.getSetCookie()) {
    const [, name, value] = /^\s*([^=;]+)=([^;]*)/.exec(cookie) ?? [];
    if (name !== undefined && SESSION_COOKIE.test(name) && value) yield value;
  }
}

const byDigest = new Map<string, object>();

/** What stands for the credential in headers, the same for the same headers; undefined where none of them signs in. */
export function credentialOf(headers: Record<string, string> = {}): object | undefined {
  if (secretsOf(headers).secrets.length === 0) return undefined;
  // Beside the secret, others may say which of its tenants is meant. No secret is kept here.
  const pairs = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value].join(": "));
  const digest = createHash("sha256").update(pairs.sort().join("\n")).digest("base64url");
  const credential = byDigest.get(digest) ?? {};
  byDigest.set(digest, credential);
  return credential;
}
