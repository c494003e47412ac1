import { isUpstreamError } from "../errors/upstream-error.ts";
import type { Http } from "./http.ts";

/** A credential that ends at a time that nobody knows. */
export interface Token {
  accessToken: string;
  /** Where the API is for this token, if not at the base address. */
  baseUrl?: string | undefined;
  /** All that the sign-in brought. */
  response: Readonly<Record<string, unknown>>;
}

/** Sent as `Authorization: Bearer`; got when it is needed first, and anew when the system takes it no more. */
export interface Auth {
  /** Signs in. */
  token: () => Promise<Token>;
  /** HTTP statuses by which the system says that a token has ended; of a call so answered, nothing was done. 401 where absent. */
  renewOn?: readonly [number, ...number[]];
}

/** Calls with a token, and once more with a new one where it has ended. `open` makes the HTTP of a token. */
export function withAuth({ token, renewOn = [401] }: Auth, open: (token: Token) => Http): Http {
  let current: Promise<Http> | undefined;

  function signedIn(ended?: Promise<Http>): Promise<Http> {
    // Of many calls that find the token ended, the first one signs in for all.
    if (current !== undefined && current !== ended) return current;
    const opening = token().then(open);
    current = opening;
    opening.catch(() => {
      if (current === opening) current = undefined;
    });
    return opening;
  }

  async function run<T>(call: (http: Http) => Promise<T>): Promise<T> {
    const session = signedIn();
    const http = await session;
    try {
      return await call(http);
    } catch (error) {
      if (!isUpstreamError(error, ...renewOn)) throw error;
      return call(await signedIn(session));
    }
  }

  return {
    request: (request) => run((http) => http.request(request)),
    requestWithHeaders: (request) => run((http) => http.requestWithHeaders(request)),
    list: (request, key) => run((http) => http.list(request, key)),
  };
}
