import * as client from "openid-client";
import type { Logger } from "pino";
import { HttpError } from "../http/http-error.ts";
import { toLoggable } from "../loggable-error.ts";
import { type OidcOptions, USER_ROLES, type UserRole } from "./sign-in-options.ts";
import type { Identity } from "./users.ts";

/** What is kept between leaving for the provider and coming back. */
export interface Attempt {
  state: string;
  nonce: string;
  verifier: string;
  returnTo: string;
}

/** Somebody whom the provider vouches for. */
export interface SignedIn {
  identity: Identity;
  /** Undefined if none of the claim's values gives a role. */
  role: UserRole | undefined;
  refreshToken: string | undefined;
}

export interface OidcProvider {
  title: string;
  /** Slug of the organisation. */
  org: string;
  /** Where to send the browser, and what to keep until it comes back. */
  start(returnTo: string): Promise<{ url: URL; attempt: Attempt }>;
  /** Throws an HttpError 400 if the response does not belong to the attempt or the provider refused. */
  finish(query: URLSearchParams, attempt: Attempt): Promise<SignedIn>;
  /** Asks the provider again; undefined if it does not vouch for the person any more. Throws if it can't be reached. */
  refresh(refreshToken: string): Promise<SignedIn | undefined>;
}

type Tokens = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;
type Claims = Record<string, unknown>;

/** Request timeout, too many requests. */
const BUSY = new Set([408, 429]);

const UNREACHABLE = "The identity provider can't be reached; try again. An administrator finds the reason in the log.";

export function createOidcProvider(options: OidcOptions, logger: Logger): OidcProvider {
  const { issuer, clientId, clientSecret, org, publicUrl, roleClaim = "groups", roles } = options;
  const { title = new URL(issuer).host, scope = "openid profile email" } = options;
  const redirectUri = new URL("sign-in/callback", publicUrl.endsWith("/") ? publicUrl : `${publicUrl}/`).href;
  let discovered: Promise<client.Configuration> | undefined;

  /** Discovers the provider at the first sign-in, and again if that failed. */
  function configuration(): Promise<client.Configuration> {
    const isInsecure = new URL(issuer).protocol === "http:";
    discovered ??= client
      .discovery(
        new URL(issuer),
        clientId,
        undefined,
        clientSecret === undefined ? client.None() : withSecret(clientSecret),
        {
          ...(isInsecure && { execute: [client.allowInsecureRequests] }),
          ...(options.fetch && { [client.customFetch]: options.fetch }),
        },
      )
      .catch((cause: unknown) => {
        discovered = undefined;
        logger.error({ error: toLoggable(cause), issuer }, "the identity provider can't be reached");
        throw new HttpError(503, UNREACHABLE, { "retry-after": "5" }, { cause });
      });
    return discovered;
  }

  /** What the ID token says and, where it does not say it all, what the UserInfo endpoint does. */
  async function readClaims(found: client.Configuration, tokens: Tokens): Promise<Claims> {
    const claims: Claims = { ...tokens.claims() };
    const isWhole = valuesAt(claims, roleClaim).length > 0 && claims["name"] !== undefined;
    if (isWhole || found.serverMetadata().userinfo_endpoint === undefined) return claims;
    // A refresh may come without an ID token.
    const subject = typeof claims["sub"] === "string" ? claims["sub"] : client.skipSubjectCheck;
    return { ...(await client.fetchUserInfo(found, tokens.access_token, subject)), ...claims };
  }

  async function toSignedIn(found: client.Configuration, tokens: Tokens): Promise<SignedIn> {
    const claims = await readClaims(found, tokens);
    const { sub } = claims;
    if (typeof sub !== "string") throw new HttpError(400, "The identity provider does not say who it is.");
    const text = (name: string) => (typeof claims[name] === "string" && claims[name] !== "" ? claims[name] : undefined);
    const email = text("email") ?? null;
    return {
      identity: {
        issuer,
        subject: sub,
        name: text("name") ?? text("preferred_username") ?? email ?? sub,
        email,
      },
      role: toRole(valuesAt(claims, roleClaim), roles),
      refreshToken: tokens.refresh_token,
    };
  }

  return {
    title,
    org,

    async start(returnTo) {
      const found = await configuration();
      const verifier = client.randomPKCECodeVerifier();
      const attempt = { state: client.randomState(), nonce: client.randomNonce(), verifier, returnTo };
      const url = client.buildAuthorizationUrl(found, {
        redirect_uri: redirectUri,
        scope,
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      });
      return { url, attempt };
    },

    async finish(query, { state, nonce, verifier }) {
      const found = await configuration();
      const url = new URL(redirectUri);
      url.search = query.toString();
      try {
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
        const tokens = await client.authorizationCodeGrant(found, url, { ...checks, idTokenExpected: true });
        return await toSignedIn(found, tokens);
      } catch (error) {
        throw new HttpError(400, `The sign-in at ${title} failed: ${describe(error)}`, {}, { cause: error });
      }
    },

    async refresh(refreshToken) {
      const found = await configuration();
      try {
        return await toSignedIn(found, await client.refreshTokenGrant(found, refreshToken));
      } catch (error) {
        if (isRefusal(error)) return undefined;
        throw error;
      }
    },
  };
}

/** In the header as providers must accept it, or in the body if this one takes it nowhere else. */
function withSecret(secret: string): client.ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, ...call) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const isPost = !methods.includes("client_secret_basic") && methods.includes("client_secret_post");
    (isPost ? post : basic)(server, ...call);
  };
}

/** Whether the provider does not vouch for somebody any more, and is not just too busy to say. */
function isRefusal(error: unknown): boolean {
  const isOfProvider =
    error instanceof client.ResponseBodyError || error instanceof client.WWWAuthenticateChallengeError;
  return isOfProvider && error.status < 500 && !BUSY.has(error.status);
}

/** The texts at a path such as `groups` or `realm_access.roles`. */
function valuesAt(claims: Readonly<Record<string, unknown>>, path: string): string[] {
  // A claim may have dots in its own name, such as an address.
  const value = Object.hasOwn(claims, path)
    ? claims[path]
    : path.split(".").reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], claims);
  // Some providers have an object with a name for each role.
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.keys(value);
  return [value].flat().filter((one) => typeof one === "string");
}

function toRole(values: readonly string[], roles: OidcOptions["roles"]): UserRole | undefined {
  return USER_ROLES.find((role) => roles[role]?.some((value) => values.includes(value)));
}

function describe(error: unknown): string {
  if (error instanceof client.AuthorizationResponseError) return error.error_description ?? error.error;
  if (error instanceof client.ResponseBodyError) return error.error_description ?? error.error;
  return error instanceof Error ? error.message : String(error);
}
