import { verify } from "node:crypto";
import { Hono, type Context } from "hono";
import type { SalesforceOrg } from "./salesforce-org.ts";
import type { Sessions } from "./sessions.ts";
import type { Row } from "./state.ts";

/** An external client app of the org. */
export interface ClientApp {
  clientId: string;
  clientSecret: string;
  /** The user of the client credentials. */
  runAs: string;
  /** The public key, as PEM, for assertions. */
  publicKey?: string;
}

export interface OAuthOptions {
  org: SalesforceOrg;
  orgId: string;
  sessions: Sessions;
  clientApp: ClientApp;
}

type Form = Readonly<Record<string, string | undefined>>;

class OAuthError extends Error {
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

/** Sign-in: client credentials, JWT bearer, and username with password. */
export function createOAuth(options: OAuthOptions): Hono {
  const { org, orgId, sessions } = options;
  const app = new Hono();
  app.post("/services/oauth2/token", async (context) => {
    const form = withBasic((await context.req.parseBody()) as Form, context.req.header("authorization"));
    const user = findUser(options, form);
    if (user["IsActive"] !== true || org.isFrozen(user.Id)) throw new OAuthError("inactive_user", "user is inactive");
    const { origin } = new URL(context.req.url);
    return context.json({
      access_token: sessions.open(orgId, user.Id),
      signature: "c2lnbmF0dXJl",
      scope: "api",
      instance_url: origin,
      id: `${origin}/id/${orgId}/${user.Id}`,
      token_type: "Bearer",
      issued_at: String(Date.now()),
    });
  });
  app.post("/services/oauth2/revoke", async (context) => {
    const { token } = (await context.req.parseBody()) as Form;
    sessions.close(token ?? "");
    return context.body(null, 200);
  });
  for (const path of ["/services/oauth2/userinfo", "/id/:org/:user"])
    app.get(path, (context) => respondWithIdentity(options, context));
  app.onError((error, context) => {
    if (!(error instanceof OAuthError)) throw error;
    return context.json({ error: error.error, error_description: error.message }, 400);
  });
  return app;
}

function findUser({ org, clientApp }: OAuthOptions, form: Form): Row {
  switch (form["grant_type"]) {
    case "client_credentials":
      demandClient(clientApp, form);
      return userNamed(org, clientApp.runAs, "no client credentials user enabled");
    case "password": {
      demandClient(clientApp, form);
      const user = org.userNamed(form["username"] ?? "");
      if (!user || !org.isPassword(user, form["password"]))
        throw new OAuthError("invalid_grant", "authentication failure");
      return user;
    }
    case "urn:ietf:params:oauth:grant-type:jwt-bearer":
      return userNamed(org, readAssertion(clientApp, form["assertion"] ?? ""), "user hasn't approved this consumer");
    default:
      throw new OAuthError("unsupported_grant_type", "grant type not supported");
  }
}

/** Client id and secret may also be in the header: RFC 6749, section 2.3.1. */
function withBasic(form: Form, authorization: string | undefined): Form {
  const encoded = /^basic\s+(\S+)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return form;
  const [client_id, client_secret] = Buffer.from(encoded, "base64").toString().split(":").map(decodeURIComponent);
  return { ...form, client_id, client_secret };
}

function demandClient({ clientId, clientSecret }: ClientApp, form: Form): void {
  if (form["client_id"] !== clientId) throw new OAuthError("invalid_client_id", "client identifier invalid");
  if (form["client_secret"] !== clientSecret) throw new OAuthError("invalid_client", "invalid client credentials");
}

const AUDIENCES = new Set(["https://login.salesforce.com", "https://test.salesforce.com"]);

/** Returns the username of a signed assertion. */
function readAssertion({ clientId, publicKey }: ClientApp, assertion: string): string {
  const [header = "", claims = "", signature = ""] = assertion.split(".");
  const isSigned =
    publicKey !== undefined &&
    verify("RSA-SHA256", Buffer.from(`${header}.${claims}`), publicKey, Buffer.from(signature, "base64url"));
  if (!isSigned) throw new OAuthError("invalid_grant", "invalid assertion");
  const { iss, sub, aud, exp } = JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<string, unknown>;
  if (iss !== clientId) throw new OAuthError("invalid_client_id", "client identifier invalid");
  if (!AUDIENCES.has(String(aud))) throw new OAuthError("invalid_grant", "audience is invalid");
  if (typeof exp !== "number" || exp * 1000 < Date.now())
    throw new OAuthError("invalid_grant", "assertion has expired");
  return String(sub);
}

function userNamed(org: SalesforceOrg, username: string, description: string): Row {
  const user = org.userNamed(username);
  if (!user) throw new OAuthError("invalid_grant", description);
  return user;
}

function respondWithIdentity({ org, orgId, sessions }: OAuthOptions, context: Context): Response {
  const user = org.find("User", sessions.userOf(context.req.header("authorization")));
  if (!user) return context.text("Bad_OAuth_Token", 403);
  const { origin } = new URL(context.req.url);
  const names = { user_id: user.Id, organization_id: orgId, display_name: user["Name"], email: user["Email"] };
  return context.json({
    id: `${origin}/id/${orgId}/${user.Id}`,
    ...names,
    username: user["Username"],
    preferred_username: user["Username"],
    user_type: "STANDARD",
    active: true,
    urls: { rest: `${origin}/services/data/v{version}/`, query: `${origin}/services/data/v{version}/query/` },
  });
}
