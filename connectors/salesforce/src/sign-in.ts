import { createPrivateKey, sign, type KeyObject } from "node:crypto";
import {
  ConfigError,
  UpstreamError,
  type ConnectTools,
  type ErrorAnswer,
  type ErrorExplanation,
} from "@bridgekit/core";
import type { SalesforceConfig } from "./salesforce-config.ts";

/** A session of Salesforce's. Nobody says how long it lasts. */
export interface Token {
  accessToken: string;
  /** Where the org's API is. */
  instanceUrl: string;
  /** Address of the user who is signed in; it ends with the user's id. */
  identityUrl: string | undefined;
}

export type SignIn = () => Promise<Token>;

/** Signs in at the org's My Domain. */
export function createSignIn(
  { url, signIn }: Pick<SalesforceConfig, "url" | "signIn">,
  createHttp: ConnectTools["http"],
): SignIn {
  const system = `Salesforce at ${new URL(url).host}`;
  const key = signIn.grant === "jwt_bearer" ? readPrivateKey(signIn.privateKey) : undefined;
  return async () => {
    const assertion = signIn.grant === "jwt_bearer" ? createAssertion(signIn, key!) : undefined;
    const form: Record<string, string> =
      signIn.grant === "jwt_bearer"
        ? { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: assertion! }
        : { grant_type: "client_credentials", client_id: signIn.clientId, client_secret: signIn.clientSecret };
    const http = createHttp({
      system,
      baseUrl: url,
      explain: explainOAuthError,
      secrets: assertion === undefined ? [] : [assertion],
    });
    const answer = await http.request<Record<string, unknown> | undefined>({
      method: "POST",
      path: "/services/oauth2/token",
      body: new URLSearchParams(form),
      // A second session does no harm.
      isIdempotent: true,
    });
    return readToken(system, answer ?? {});
  };
}

function readToken(system: string, { access_token, instance_url, id }: Record<string, unknown>): Token {
  if (typeof access_token !== "string" || typeof instance_url !== "string" || !URL.canParse(instance_url))
    throw new UpstreamError(`${system} answered the sign-in without access_token and instance_url`, {
      code: "INTERNAL_ERROR",
      isRetryable: false,
      effect: "none",
    });
  return {
    accessToken: access_token,
    instanceUrl: instance_url,
    identityUrl: typeof id === "string" ? id : undefined,
  };
}

/** Reads `{error, error_description}`: status 400 where others say 401. */
function explainOAuthError({ status, body }: ErrorAnswer): ErrorExplanation | undefined {
  const { error, error_description } = (body ?? {}) as { error?: unknown; error_description?: unknown };
  if (typeof error !== "string") return undefined;
  const message = `${error}: ${String(error_description)}`;
  return status < 500 ? { message, code: "PERMISSION_DENIED", isRetryable: false, effect: "none" } : { message };
}

type JwtSignIn = Extract<SalesforceConfig["signIn"], { grant: "jwt_bearer" }>;

const ASSERTION_SECONDS = 180;

function createAssertion({ clientId, username, audience }: JwtSignIn, key: KeyObject): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const exp = Math.floor(Date.now() / 1000) + ASSERTION_SECONDS;
  const unsigned = `${encode({ alg: "RS256", typ: "JWT" })}.${encode({ iss: clientId, sub: username, aud: audience, exp })}`;
  return `${unsigned}.${sign("RSA-SHA256", Buffer.from(unsigned), key).toString("base64url")}`;
}

function readPrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    // What the parser says is left out: it may quote the key.
    throw new ConfigError(
      "config.signIn.privateKey is no private key in PEM; it begins with -----BEGIN PRIVATE KEY-----.",
    );
  }
}
