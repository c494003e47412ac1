import { isUpstreamError } from "../../errors/upstream-error.ts";
import type { Endpoint, Step } from "../pipeline.ts";

/** A credential that expires at an unknown time. */
export interface Token {
  accessToken: string;
  /** The address of the API for this token, if it is not the base address. */
  baseUrl?: string | undefined;
  /** The whole response of the sign-in. */
  response: Readonly<Record<string, unknown>>;
}

/** Sent as `Authorization: Bearer`; obtained at the first call, and again when the system no longer accepts it. */
export interface Auth {
  /** Signs in. */
  token: () => Promise<Token>;
  /** HTTP statuses that mean that a token has expired, and that the call was not carried out. `[401]` by default. */
  renewOn?: readonly [number, ...number[]];
}

/** Sends calls to the endpoint of a token, and once more with a new token if it has expired. */
export function renewToken({ token, renewOn = [401] }: Auth, open: (token: Token) => Endpoint): Step {
  let current: Promise<Endpoint> | undefined;

  function signIn(expired?: Promise<Endpoint>): Promise<Endpoint> {
    // Of several calls that find the token expired, the first one signs in for all.
    if (current !== undefined && current !== expired) return current;
    const opening = token().then(open);
    current = opening;
    opening.catch(() => {
      if (current === opening) current = undefined;
    });
    return opening;
  }

  return async (call, next) => {
    const session = signIn();
    const endpoint = await session;
    try {
      return await next({ ...call, endpoint });
    } catch (error) {
      if (!isUpstreamError(error, ...renewOn)) throw error;
      return next({ ...call, endpoint: await signIn(session) });
    }
  };
}
