import { createHmac, randomBytes } from "node:crypto";

/** A random secret for one holder: 43 characters of base64url. */
export function createSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What a page has to send with every change; it follows from the cookie's secret, which no page can read. */
export function csrfTokenOf(secret: string): string {
  return createHmac("sha256", secret).update("csrf").digest("base64url");
}
