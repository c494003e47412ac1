import type { CustomFetch } from "openid-client";
import type { Role } from "../database/tables/callers.ts";

/** What a person may be; the role `connector` is for keys alone. */
export type UserRole = Exclude<Role, "connector">;

/** From the most to the least. */
export const USER_ROLES = ["admin", "operator", "auditor"] as const satisfies readonly UserRole[];

/** An OpenID Connect provider whose people may sign in. */
export interface OidcOptions {
  /** Address of the provider, without `/.well-known/openid-configuration`. */
  issuer: string;
  clientId: string;
  /** Absent for a public client, which proves itself by PKCE alone. */
  clientSecret?: string;
  /** Slug of the organisation that they sign in to. */
  org: string;
  /** Address of the Bridge as browsers reach it; the provider sends people back to `sign-in/callback` below it. */
  publicUrl: string;
  /**
   * The claim that has somebody's roles or groups: a text, a list of texts, or an object with a name for each; dots lead
   * inside. `groups` if absent.
   */
  roleClaim?: string;
  /** Values of the claim that give a role. Somebody without any of them may not sign in. */
  roles: Readonly<Partial<Record<UserRole, readonly string[]>>>;
  /** What the sign-in button says; the host of the issuer if absent. */
  title?: string;
  /** `openid profile email` if absent. A provider may need `offline_access` to give refresh tokens. */
  scope?: string;
  /** For tests and proxies. */
  fetch?: CustomFetch;
}

export interface SignInOptions {
  oidc?: OidcOptions;
  /** A session ends if it is not used for so long; 60 if absent. */
  idleMinutes?: number;
  /** A session ends after so long, used or not; 12 if absent. */
  absoluteHours?: number;
  /** How often the provider is asked again what somebody may do, if it gave a refresh token; 10 if absent. */
  recheckMinutes?: number;
}

const isLoopback = ({ hostname }: URL) => ["localhost", "127.0.0.1", "[::1]"].includes(hostname);

/** Throws an `Error` that names the option that can't be used. */
export function checkSignInOptions({ oidc, ...times }: SignInOptions): void {
  for (const [name, value] of Object.entries(times))
    if (!(value > 0)) throw new Error(`signIn.${name} is ${value}; it has to be more than 0.`);
  if (oidc === undefined) return;
  for (const name of ["issuer", "publicUrl"] as const) {
    const url = URL.parse(oidc[name]);
    if (url === null) throw new Error(`signIn.oidc.${name} is "${oidc[name]}", which is not a URL.`);
    if (url.protocol !== "https:" && !isLoopback(url))
      throw new Error(`signIn.oidc.${name} is "${oidc[name]}"; only https is safe beyond this machine.`);
  }
  const given = Object.entries(oidc.roles);
  const unknown = given.find(([role]) => !USER_ROLES.some((known) => known === role));
  if (unknown) throw new Error(`signIn.oidc.roles has "${unknown[0]}"; people are ${USER_ROLES.join(", ")}.`);
  if (!given.some(([, values]) => values.length > 0))
    throw new Error("signIn.oidc.roles gives nobody a role; name at least one value of the claim for one of them.");
}
