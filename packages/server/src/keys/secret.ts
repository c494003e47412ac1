import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const KEY = /^bk_([0-9a-f]{8,32})_([A-Za-z0-9_-]{43})$/;

/** A fresh key: the id finds it, the hash proves it, the key itself is shown once and never stored. */
export function newKey(): { id: string; key: string; secretHash: string } {
  const id = randomBytes(8).toString("hex");
  return { id, ...newSecret(id) };
}

/** A fresh secret for a key. */
export function newSecret(id: string): { key: string; secretHash: string } {
  const secret = randomBytes(32).toString("base64url");
  return { key: `bk_${id}_${secret}`, secretHash: hash(secret) };
}

/** Takes a key apart; undefined where it is none of ours. */
export function parseKey(key: string): { id: string; secret: string } | undefined {
  const [, id, secret] = KEY.exec(key) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** Compares in constant time, so that answers do not tell how much of a guess was right. */
export function isSecret(secret: string, secretHash: string): boolean {
  const expected = Buffer.from(secretHash, "hex");
  const actual = Buffer.from(hash(secret), "hex");
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function hash(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
