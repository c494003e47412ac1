import { isUpstreamError, type ConnectTools, type Http, type HttpRequest, type RateLimitAnswer } from "@bridgekit/core";
import type { SalesforceConfig } from "./salesforce-config.ts";
import { explainSalesforceError } from "./salesforce-errors.ts";
import { createSignIn, type Token } from "./sign-in.ts";

export interface Session {
  request<T = void>(request: HttpRequest): Promise<T>;
  /** The user who is signed in, where the sign-in told. */
  userId(): Promise<string | undefined>;
}

interface SignedIn {
  token: Token;
  http: Http;
}

/** Calls the org's API with a token that is got when it is needed, and once anew when Salesforce takes it no more. */
export function createSession(config: SalesforceConfig, createHttp: ConnectTools["http"]): Session {
  const signIn = createSignIn(config, createHttp);
  let current: Promise<SignedIn> | undefined;

  async function open(): Promise<SignedIn> {
    const token = await signIn();
    // An HTTP of its own for each token, which then is masked wherever Salesforce echoes it.
    const http = createHttp({
      system: `Salesforce at ${new URL(config.url).host}`,
      baseUrl: token.instanceUrl,
      headers: { authorization: `Bearer ${token.accessToken}` },
      limits: { read: readUsage, quotaFloor: config.keepForTasks },
      explain: explainSalesforceError,
    });
    return { token, http };
  }

  function signedIn(expired?: Promise<SignedIn>): Promise<SignedIn> {
    // Of many calls that find the token expired, the first one signs in for all.
    if (current !== undefined && current !== expired) return current;
    const opening = open();
    current = opening;
    opening.catch(() => {
      if (current === opening) current = undefined;
    });
    return opening;
  }

  return {
    async request<T>(request: HttpRequest): Promise<T> {
      const session = signedIn();
      const { http } = await session;
      try {
        return await http.request<T>(request);
      } catch (error) {
        // Whatever a 401 says: gateways answer it in words of their own, and nothing was done.
        if (!isUpstreamError(error) || error.status !== 401) throw error;
        const { http: renewed } = await signedIn(session);
        return renewed.request<T>(request);
      }
    },
    async userId() {
      const { token } = await signedIn();
      return /\/(005[A-Za-z0-9]{12,15})$/.exec(token.identityUrl ?? "")?.[1];
    },
  };
}

/** `Sforce-Limit-Info: api-usage=134/15000`: calls of the last 24 hours, and how many there may be. */
function readUsage({ headers }: RateLimitAnswer) {
  const [, used, limit] = /\bapi-usage=(\d+)\/(\d+)/.exec(headers.get("sforce-limit-info") ?? "") ?? [];
  return used === undefined ? undefined : { quota: { used: Number(used), limit: Number(limit) } };
}
