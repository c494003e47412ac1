import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { Tables } from "../database/schema.ts";
import { type BrowserAuthenticator, createBrowserAuthenticator } from "./authenticate-browser.ts";
import { BrowserSessions } from "./browser-sessions.ts";
import { createOidcProvider, type OidcProvider } from "./oidc-provider.ts";
import { checkSignInOptions, type SignInOptions } from "./sign-in-options.ts";

/** How people sign in to this Bridge. */
export interface SignIn {
  provider: OidcProvider | undefined;
  sessions: BrowserSessions;
  browsers: BrowserAuthenticator;
}

export function createSignIn(
  database: Kysely<Tables>,
  options: SignInOptions,
  { now, logger }: { now: () => Date; logger: Logger },
): SignIn {
  checkSignInOptions(options);
  const provider = options.oidc === undefined ? undefined : createOidcProvider(options.oidc, logger);
  const sessions = new BrowserSessions(database, now, options);
  return { provider, sessions, browsers: createBrowserAuthenticator(sessions, { provider, logger }) };
}
