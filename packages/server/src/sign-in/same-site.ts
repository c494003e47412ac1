import { timingSafeEqual } from "node:crypto";
import { HttpError } from "../http/http-error.ts";
import { csrfTokenOf } from "./secrets.ts";

/** Refuses a call by a page of another site. Older browsers do not send `Sec-Fetch-Site`; the CSRF token covers them. */
export function refuseOtherSites(secFetchSite: string | undefined): void {
  if (secFetchSite !== undefined && secFetchSite !== "same-origin")
    throw new HttpError(403, "A page of another site made this call with your session; nothing was done.");
}

/** Refuses a change without the token that only a page of this Bridge can have. */
export function checkCsrfToken(secret: string, given = ""): void {
  const [a, b] = [Buffer.from(given), Buffer.from(csrfTokenOf(secret))];
  if (a.length !== b.length || !timingSafeEqual(a, b))
    throw new HttpError(403, "The header X-Csrf-Token is missing or belongs to another session; reload the page.");
}
