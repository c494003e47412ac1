import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts a response so that only its caller can read it again: the response to a new API key contains a secret, of
 * which the database otherwise stores only a hash. The encryption key is the caller's secret, which comes with each
 * call and is not stored.
 */
export function sealResponse(response: string, secret: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, toCipherKey(secret), nonce);
  const sealed = Buffer.concat([cipher.update(response, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** Decrypts a response. Throws if it was encrypted with another secret. */
export function openResponse(sealed: string, secret: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv(ALGORITHM, toCipherKey(secret), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
}

function toCipherKey(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, "", "bridgekit idempotent answer", 32));
}
