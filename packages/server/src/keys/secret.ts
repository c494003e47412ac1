import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const KEY = /^bk_([0-9a-f]{8,32})_([A-Za-z0-9_-]{43})$/;

/** A new key: the id finds it, the hash verifies it, the key itself is shown once and never stored. */
export function newKey(): { id: string; key: string; secretHash: string } {
  const id = randomBytes(8).toString("hex");
  return { id, ...newSecret(id) };
}

/** A new secret for a key. */
export function newSecret(id: string): { key: string; secretHash: string } {
  const secret = randomBytes(32).toString("base64url");
  return { key: `bk_${id}_${secret}`, secretHash: hashSecret(secret) };
}

/** Splits a key into id and secret; undefined if it is no key of a Bridge. */
export function parseKey(key: string): { id: string; secret: string } | undefined {
  const [, id, secret] = KEY.exec(key) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** Compares in constant time, so that response times don't show how much of a guess was right. */
export function isSecret(secret: string, secretHash: string): boolean {
  const expected = Buffer.from(secretHash, "hex");
  const actual = Buffer.from(hashSecret(secret), "hex");
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** What the database keeps of a secret. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
