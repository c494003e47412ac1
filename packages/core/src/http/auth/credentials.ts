import { createHash } from "node:crypto";

const NAMES =
  /^(?:(?:access|refresh|id|session|auth|csrf|xsrf)[_-]?token|token|jwt|assertion|client[_-]?(?:secret|assertion)|pass(?:word|wd|phrase)|secret|api[_-]?key|session[_-]?id)$/i;
const SESSION_COOKIE = /sess|token|auth|sid\b|jwt/i;

/** Yields the credentials in a request or response body: fields of a form or a JSON object with the usual names. */
export function* credentialsIn(body: unknown, depth = 2): Generator<string> {
  if (typeof body !== "object" || body === null || Array.isArray(body) || depth === 0) return;
  const pairs: Iterable<[string, unknown]> = body instanceof URLSearchParams ? body : Object.entries(body);
  for (const [name, value] of pairs)
    if (typeof value !== "string") yield* credentialsIn(value, depth - 1);
    else if (NAMES.test(name)) yield value;
}

/** Yields the credentials in the query of an address, except `token`, which is more often a page token. */
export function* credentialsInAddress({ searchParams }: URL): Generator<string> {
  for (const [name, value] of searchParams) if (NAMES.test(name) && !/^token$/i.test(name)) yield value;
}

/** Yields the values of session cookies that a response sets. */
export function* sessionCookies(headers: Headers): Generator<string> {
  for (const cookie of headers.getSetCookie()) {
    const [, name, value] = /^\s*([^=;]+)=([^;]*)/.exec(cookie) ?? [];
    if (name !== undefined && SESSION_COOKIE.test(name) && value) yield value;
  }
}

const SIGNS_IN = /^(authorization|proxy-authorization|cookie)$|key|token|secret|password/i;

/** Returns the secrets in headers, and `wholes`, of which only the end is secret. */
export function secretsOf(headers: Record<string, string> = {}): { secrets: string[]; wholes: string[] } {
  const secrets: string[] = [];
  const wholes: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (!SIGNS_IN.test(name)) continue;
    const credentials = value.replace(/^\S+\s+/, "");
    if (/^basic\s/i.test(value)) {
      const pair = Buffer.from(credentials, "base64").toString();
      const user = pair.replace(/:.*$/s, "");
      const password = pair.slice(user.length + 1);
      wholes.push(value, credentials, pair);
      // Systems that take a key as the user name expect any password, such as `x`.
      secrets.push(password.length < 4 ? user : password);
    } else if (/^cookie$/i.test(name)) {
      wholes.push(value);
      secrets.push(...value.split(/;\s*/).map((cookie) => cookie.replace(/^[^=]*=/, "")));
    } else {
      if (credentials !== value) wholes.push(value);
      secrets.push(credentials);
    }
  }
  return { secrets, wholes };
}

const byDigest = new Map<string, object>();

/** Returns an object that represents the credential in headers, the same for equal headers; undefined if none signs in. */
export function credentialOf(headers: Record<string, string> = {}): object | undefined {
  if (secretsOf(headers).secrets.length === 0) return undefined;
  // Other headers may select a tenant. Only a digest is kept, not the secret.
  const pairs = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value].join(": "));
  const digest = createHash("sha256").update(pairs.sort().join("\n")).digest("base64url");
  const credential = byDigest.get(digest) ?? {};
  byDigest.set(digest, credential);
  return credential;
}
