import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OidcOptions } from "../src/index.ts";
import { CLIENT, startIdentityProvider } from "./support/identity-provider.ts";
import { openBridge } from "./support/open-bridge.ts";
import { createBrowser } from "./support/sign-in.ts";

const PUBLIC = "http://127.0.0.1:7400";
const ORG = "main";

type Tokens = Record<string, any>;

let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
beforeAll(async () => {
  // As OpenID Connect has it: the ID token names nobody, the claims are at the UserInfo endpoint.
  provider = await startIdentityProvider({ redirectUri: `${PUBLIC}/sign-in/callback`, conformIdTokenClaims: true });
  provider.people.set("ida", { name: "Ida Roth", email: "ida@example.com", groups: ["it"] });
});
afterAll(() => provider.close());

/** A Bridge with its own clock, whose provider responds as changed. */
async function open({
  change,
  ...options
}: Partial<OidcOptions> & { change?: (response: Response, url: string) => Promise<Response> } = {}) {
  let time = Date.parse("2026-11-28T08:00:00Z");
  const oidc: OidcOptions = {
    issuer: provider.issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    org: ORG,
    publicUrl: PUBLIC,
    scope: "openid profile email groups offline_access",
    roles: { admin: ["it-admins"], operator: ["it"] },
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      return change === undefined ? response : change(response, input);
    },
    ...options,
  };
  const bridge = await openBridge("pglite", { now: () => new Date(time), signIn: { oidc } });
  await bridge.createOrg(ORG);
  async function enter() {
    const browser = createBrowser(bridge, PUBLIC);
    const start = await browser.open("/sign-in/start");
    const back = await browser.open(await provider.signIn("ida", start.headers.get("location") ?? ""));
    return { browser, back, session: (await browser.state()).session };
  }
  const later = (minutes: number) => void (time += minutes * 60_000);
  return { enter, later, [Symbol.asyncDispose]: () => bridge.close() };
}

/** Puts claims into what the UserInfo endpoint says. */
const withClaims = (claims: Tokens) => async (response: Response, url: string) =>
  url.endsWith("/me") ? Response.json({ ...((await response.json()) as Tokens), ...claims }) : response;

describe("what a provider says of somebody", () => {
  test("may be at its UserInfo endpoint alone", async () => {
    await using bridge = await open();
    expect((await bridge.enter()).session).toMatchObject({
      role: "operator",
      user: { name: "Ida Roth", email: "ida@example.com" },
    });
  });

  test.each([
    ["a text", "role", { role: "it-admins" }],
    ["a list", "roles", { roles: ["other", "it-admins"] }],
    ["a list inside", "realm_access.roles", { realm_access: { roles: ["it-admins"] } }],
    ["a claim whose name has dots", "https://example.com/roles", { "https://example.com/roles": ["it-admins"] }],
    ["the names of an object", "project:roles", { "project:roles": { "it-admins": { org1: "example.com" } } }],
  ])("may have roles as %s", async (_shape, roleClaim, claims) => {
    await using bridge = await open({ roleClaim, change: withClaims(claims) });
    expect((await bridge.enter()).session).toMatchObject({ role: "admin" });
  });

  test.each([
    ["nothing", { role: null }],
    ["another type", { role: 1 }],
    ["objects", { role: [{ name: "it-admins" }] }],
    ["a longer text", { role: "it-admins-of-another-team" }],
  ])("gives no role by %s", async (_shape, claims) => {
    await using bridge = await open({ roleClaim: "role", change: withClaims(claims) });
    const { back, session } = await bridge.enter();
    expect(back.status).toBe(403);
    expect(session).toBeNull();
  });

  test("is read again without another ID token, and ends the session everywhere with the last role", async () => {
    let groups: readonly string[] = ["it"];
    await using bridge = await open({
      change: async (response, url) => {
        if (url.endsWith("/me")) return withClaims({ groups })(response, url);
        if (!url.endsWith("/token")) return response;
        const { id_token, ...tokens } = (await response.json()) as Tokens;
        const isFirst = id_token !== undefined && JSON.parse(atob(id_token.split(".")[1])).nonce !== undefined;
        return Response.json(isFirst ? { ...tokens, id_token } : tokens);
      },
    });
    const { browser: one } = await bridge.enter();
    const { browser: other } = await bridge.enter();
    bridge.later(11);
    expect((await one.state()).session).toMatchObject({ role: "operator" });
    expect((await other.state()).session).toMatchObject({ role: "operator" });
    groups = [];
    bridge.later(11);
    expect((await one.state()).session).toBeNull();
    groups = ["it"];
    expect((await other.state()).session).toBeNull();
  });

  test.each([429, 503])("ends no session if it responds %d", async (status) => {
    let isBusy = false;
    await using bridge = await open({
      change: async (response, url) =>
        isBusy && url.endsWith("/token") ? Response.json({ error: "slow_down" }, { status }) : response,
    });
    const { browser } = await bridge.enter();
    isBusy = true;
    bridge.later(11);
    expect((await browser.state()).session).toMatchObject({ role: "operator" });
  });

  test("is asked with the secret in the body, if it takes it nowhere else", async () => {
    const sent: unknown[] = [];
    await using bridge = await open({
      fetch: async (input, init) => {
        if (input.endsWith("/token")) sent.push((init.body as URLSearchParams).get("client_secret"));
        const response = await fetch(input, init);
        if (!input.endsWith("/.well-known/openid-configuration")) return response;
        const metadata = (await response.json()) as Tokens;
        return Response.json({ ...metadata, token_endpoint_auth_methods_supported: ["client_secret_post"] });
      },
    });
    await bridge.enter();
    expect(sent).toEqual([CLIENT.secret]);
  });
});
