import { createPrivateKey, sign, type KeyObject } from "node:crypto";
import type { ConnectTools } from "../../connector/connector.ts";
import { ConfigError } from "../../errors/config-error.ts";
import { UpstreamError } from "../../errors/upstream-error.ts";
import type { ErrorResponse, ErrorExplanation } from "../response/error-response.ts";
import type { Auth, Token } from "./renew-token.ts";

/** A grant of OAuth 2. */
export type OAuthGrant =
  | { grant: "client_credentials"; clientId: string; clientSecret: string; scope?: string | undefined }
  /** RFC 7523: the private key, in PEM, signs for a user that the app may act as. */
  | { grant: "jwt_bearer"; clientId: string; username: string; privateKey: string; audience: string }
  | { grant: "refresh_token"; clientId: string; clientSecret?: string | undefined; refreshToken: string };

export interface OAuthOptions {
  /** What to sign in to, for messages. */
  system: string;
  baseUrl: string;
  /** Path of the token endpoint: `/oauth2/token`. */
  path: string;
  signIn: OAuthGrant;
  /** The field of the token response with the address of the API. */
  baseUrlField?: string;
}

const ASSERTION_SECONDS = 180;

/**
 * Signs in by OAuth 2, for `auth` of an HTTP client.
 *
 * @example
 * const auth = createOAuth({ system, baseUrl: url, path: "/oauth2/token", signIn }, createHttp);
 * const http = createHttp({ system, baseUrl: url, auth });
 * @throws ConfigError if the private key is not valid.
 */
export function createOAuth(
  { system, path, signIn, ...options }: OAuthOptions,
  createHttp: ConnectTools["http"],
): Auth {
  const key = signIn.grant === "jwt_bearer" ? readPrivateKey(system, signIn.privateKey) : undefined;
  const http = createHttp({ system, baseUrl: options.baseUrl, explain: explainOAuthError });
  return {
    async token(): Promise<Token> {
      const body = new URLSearchParams(toForm(signIn, key));
      // A second session is harmless.
      const request = { method: "POST", path, body, isIdempotent: true } as const;
      const response = (await http.request<Record<string, unknown> | undefined>(request)) ?? {};
      const { access_token: accessToken } = response;
      const baseUrl = options.baseUrlField === undefined ? options.baseUrl : response[options.baseUrlField];
      if (typeof accessToken !== "string" || typeof baseUrl !== "string" || !URL.canParse(baseUrl)) {
        const fields = ["access_token", options.baseUrlField].filter(Boolean).join(" and ");
        throw UpstreamError.final(`${system} returned no ${fields} to the sign-in`);
      }
      return { accessToken, baseUrl, response };
    },
  };
}

function toForm(signIn: OAuthGrant, key: KeyObject | undefined): Record<string, string> {
  switch (signIn.grant) {
    case "client_credentials": {
      const { clientId, clientSecret, scope } = signIn;
      const client = { client_id: clientId, client_secret: clientSecret };
      return { grant_type: "client_credentials", ...client, ...(scope !== undefined && { scope }) };
    }
    case "jwt_bearer":
      return { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: createAssertion(signIn, key!) };
    case "refresh_token": {
      const { clientId, clientSecret, refreshToken } = signIn;
      const secret = clientSecret !== undefined && { client_secret: clientSecret };
      return { grant_type: "refresh_token", client_id: clientId, refresh_token: refreshToken, ...secret };
    }
  }
}

type JwtBearer = Extract<OAuthGrant, { grant: "jwt_bearer" }>;

function createAssertion({ clientId, username, audience }: JwtBearer, key: KeyObject): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const exp = Math.floor(Date.now() / 1000) + ASSERTION_SECONDS;
  const unsigned = `${encode({ alg: "RS256", typ: "JWT" })}.${encode({ iss: clientId, sub: username, aud: audience, exp })}`;
  return `${unsigned}.${sign("RSA-SHA256", Buffer.from(unsigned), key).toString("base64url")}`;
}

function readPrivateKey(system: string, pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    // The parser's message is left out: it may quote the key.
    const message = "is not a private key in PEM, which begins with -----BEGIN PRIVATE KEY-----.";
    throw new ConfigError(`The private key for the sign-in to ${system} ${message}`);
  }
}

/** Reads `{error, error_description}`, which OAuth sends with status 400 instead of 401. */
function explainOAuthError({ status, body }: ErrorResponse): ErrorExplanation | undefined {
  const { error, error_description } = Object(body) as { error?: unknown; error_description?: unknown };
  if (typeof error !== "string") return undefined;
  const message = `${error}: ${String(error_description)}`;
  return status < 500 ? { message, code: "PERMISSION_DENIED", isRetryable: false, effect: "none" } : { message };
}
