import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Bridge, OidcOptions } from "../src/index.ts";
import { createApi } from "./support/api.ts";
import { CLIENT, startIdentityProvider } from "./support/identity-provider.ts";
import { openBridge } from "./support/open-bridge.ts";
import { type Browser, createBrowser, signIn } from "./support/sign-in.ts";

const PUBLIC = "http://127.0.0.1:7400";
const ORG = "main";
const MINUTE_MS = 60_000;

let time = Date.parse("2026-11-28T08:00:00Z");
const now = () => new Date(time);
let bridge: Bridge;
let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
let oidc: OidcOptions;
beforeAll(async () => {
  provider = await startIdentityProvider({ redirectUri: `${PUBLIC}/sign-in/callback` });
  oidc = {
    issuer: provider.issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    org: ORG,
    publicUrl: PUBLIC,
    scope: "openid profile email groups offline_access",
    roles: { admin: ["it-admins"], operator: ["it"], auditor: ["audit", "finance"] },
  };
  bridge = await openBridge("pglite", { now, signIn: { oidc } });
  await bridge.createOrg(ORG);
});
afterAll(async () => {
  await bridge.close();
  await provider.close();
});
beforeEach(() => {
  // Sign-ins are limited by the minute of the real clock, and each test is another person's.
  provider.people.clear();
  const person = (name: string, ...groups: string[]) => ({ name, email: `${name}@example.com`, groups });
  provider.people.set("ida", person("ida", "it-admins", "audit"));
  provider.people.set("olaf", person("olaf", "it"));
  provider.people.set("uma", person("uma", "finance"));
  provider.people.set("nobody", person("nobody", "sales"));
});

/** Signs somebody in at the provider; returns the response to the way back. */
async function signInAt(sub: string, browser: Browser, path = "/sign-in/start"): Promise<Response> {
  const start = await browser.open(path);
  expect(start.status).toBe(303);
  return browser.open(await provider.signIn(sub, start.headers.get("location") ?? ""));
}

describe("by the identity provider", () => {
  test.each([
    ["ida", "admin"],
    ["olaf", "operator"],
    ["uma", "auditor"],
  ])("%s signs in as %s, and comes back to where they were", async (sub, role) => {
    const browser = createBrowser(bridge, PUBLIC);
    const back = await signInAt(sub, browser, "/sign-in/start?return_to=/o/main/tasks?status=failed");
    expect(back.status).toBe(303);
    expect(back.headers.get("location")).toBe("../o/main/tasks?status=failed");
    expect(await browser.state()).toMatchObject({
      session: { user: { name: sub, email: `${sub}@example.com` }, org: ORG, role },
    });
    expect((await browser.call(ORG, "GET", "/apps/")).status).toBe(200);
  });

  test("a name that no database stores is kept as far as one does", async () => {
    provider.people.set("odd", {
      name: `\uFEFFZo\u0000e\uD83D ${"😀".repeat(400)}`,
      email: "e\u0000@x",
      groups: ["it"],
    });
    const browser = createBrowser(bridge, PUBLIC);
    expect((await signInAt("odd", browser)).status).toBe(303);
    const { user } = (await browser.state()).session;
    expect(user).toMatchObject({ name: `Zoe\uFFFD ${"😀".repeat(250)}`, email: "e@x" });
  });

  test("somebody without a role is told so, and nothing is kept of them", async () => {
    const browser = createBrowser(bridge, PUBLIC);
    const back = await signInAt("nobody", browser);
    expect(back.status).toBe(403);
    expect(await back.text()).toContain("nobody has no role in this Bridge");
    expect((await browser.state()).session).toBeNull();
  });

  test("the same way back does not work twice, nor in another browser, nor with another state", async () => {
    const browser = createBrowser(bridge, PUBLIC);
    const start = await browser.open("/sign-in/start");
    const [attempt] = [...browser.cookies];
    const address = await provider.signIn("ida", start.headers.get("location") ?? "");
    expect((await createBrowser(bridge, PUBLIC).open(address)).status).toBe(400);

    const forged = createBrowser(bridge, PUBLIC);
    await forged.open("/sign-in/start");
    const other = new URL(address);
    expect((await forged.open(other.href)).status).toBe(400);

    expect((await browser.open(address)).status).toBe(303);
    const replay = createBrowser(bridge, PUBLIC);
    replay.cookies.set(...attempt!);
    const replayed = await replay.open(address);
    expect(replayed.status).toBe(400);
    expect(await replayed.text()).toContain("was completed already");
    expect((await replay.state()).session).toBeNull();
  });

  test("several tabs of a browser sign in at once", async () => {
    const browser = createBrowser(bridge, PUBLIC);
    const starts = [await browser.open("/sign-in/start?return_to=/o/main/apps"), await browser.open("/sign-in/start")];
    const backs = [];
    for (const start of starts)
      backs.push(await browser.open(await provider.signIn("ida", start.headers.get("location") ?? "")));
    expect(backs.map(({ headers }) => headers.get("location"))).toEqual(["../o/main/apps", "../"]);
    expect(browser.cookies.size).toBe(1);
  });

  test("a provider that can't be reached is said on a page", async () => {
    const down = await openBridge("pglite", {
      now,
      signIn: { oidc: { ...oidc, fetch: () => Promise.reject(new Error("refused")) } },
    });
    const response = await createBrowser(down, PUBLIC).open("/sign-in/start");
    await down.close();
    expect(response.status).toBe(503);
    expect(response.headers.get("content-type")).toContain("text/html");
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await response.text()).toContain("The identity provider can&#39;t be reached; try again.");
  });

  test("an attempt is over after ten minutes", async () => {
    const browser = createBrowser(bridge, PUBLIC);
    const start = await browser.open("/sign-in/start");
    const address = await provider.signIn("ida", start.headers.get("location") ?? "");
    time += 11 * MINUTE_MS;
    expect((await browser.open(address)).status).toBe(400);
  });

  test("a token for another client is refused", async () => {
    // The provider hands the code of another client to this Bridge.
    const misled: OidcOptions = {
      ...oidc,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        if (!input.endsWith("/token")) return response;
        const tokens: any = await response.json();
        const [head, , signature] = tokens.id_token.split(".");
        const claims = JSON.parse(Buffer.from(tokens.id_token.split(".")[1], "base64url").toString());
        const changed = Buffer.from(JSON.stringify({ ...claims, aud: "another-client" })).toString("base64url");
        return Response.json({ ...tokens, id_token: `${head}.${changed}.${signature}` });
      },
    };
    await using other = await openBridge("pglite", { now: () => new Date(), signIn: { oidc: misled } });
    await other.createOrg(ORG);
    const browser = createBrowser(other, PUBLIC);
    const back = await signInAt("ida", browser);
    expect(back.status).toBe(400);
    expect(await back.text()).toContain("unexpected JWT claim value");
    expect((await browser.state()).session).toBeNull();
  });

  test("whoever loses a role at the provider loses it here, and with the last one the session", async () => {
    const browser = createBrowser(bridge, PUBLIC);
    await signInAt("ida", browser);
    provider.people.get("ida")!.groups = ["finance"];
    time += 11 * MINUTE_MS;
    expect((await browser.state()).session).toMatchObject({ role: "auditor" });
    expect((await browser.call(ORG, "POST", "/apps/", { name: "HR" })).status).toBe(403);
    provider.people.get("ida")!.groups = [];
    time += 11 * MINUTE_MS;
    expect((await browser.call(ORG, "GET", "/apps/")).status).toBe(401);
    expect((await browser.state()).session).toBeNull();
  });

  test("a page of another site is not where the way back leads", async () => {
    for (const path of [
      "https://evil.example.com/",
      "//evil.example.com/",
      "/\\evil.example.com",
      "javascript:alert(1)",
    ]) {
      const browser = createBrowser(bridge, PUBLIC);
      const back = await signInAt("uma", browser, `/sign-in/start?return_to=${encodeURIComponent(path)}`);
      expect(back.headers.get("location"), path).toBe("../");
    }
  });
});

describe("a session", () => {
  const enter = (name: string, role: "admin" | "operator" | "auditor" = "admin") =>
    signIn(bridge, { org: ORG, name, role });

  test("is in a cookie that scripts and other sites do not get", async () => {
    const { token } = await bridge.createSignInLink({ org: ORG, name: "Cora", role: "admin" });
    const post = (headers: object) =>
      bridge.fetch(
        new Request("http://bridge.test/sign-in/link", {
          method: "POST",
          body: new URLSearchParams({ token }),
          headers: { ...headers },
        }),
      );
    expect((await post({ "sec-fetch-site": "cross-site" })).status).toBe(403);
    const response = await post({ "x-forwarded-proto": "https" });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^bridge_session_[0-9a-f]{12}=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
  });

  test("is not ended by one at another Bridge of the same host, and replaces an earlier one at its own", async () => {
    const other = await openBridge("pglite", { now });
    await other.createOrg(ORG);
    const browser = await enter("Cora");
    // Ports and, behind a proxy, paths of a host share its cookies.
    const beside = createBrowser(other);
    for (const [name, value] of browser.cookies) beside.cookies.set(name, value);
    const link = (at: Bridge, name: string) => at.createSignInLink({ org: ORG, name, role: "auditor" });
    await beside.useLink((await link(other, "Olga")).token);
    for (const [name, value] of beside.cookies) browser.cookies.set(name, value);
    expect((await browser.state()).session.user.name).toBe("Cora");
    expect((await browser.call(ORG, "POST", "/apps/", { name: "Shared host" })).status).toBe(201);
    expect((await beside.state()).session.user.name).toBe("Olga");

    await browser.useLink((await link(bridge, "Dora")).token);
    expect((await browser.state()).session.user.name).toBe("Dora");
    const { session } = await browser.state();
    await browser.open("/sign-in/out", { method: "POST", headers: { "x-csrf-token": session.csrf_token } });
    expect((await browser.state()).session).toBeNull();
    expect([...browser.cookies.keys()]).toHaveLength(1);
    await other.close();
  });

  test("of an earlier version goes on, until one signs in again", async () => {
    const browser = await enter("Cora");
    const [[name, secret] = []] = [...browser.cookies];
    browser.cookies.clear();
    browser.cookies.set("bridge_session", secret!);
    expect((await browser.call(ORG, "GET", "/apps/")).status).toBe(200);
    const { token } = await bridge.createSignInLink({ org: ORG, name: "Cora", role: "admin" });
    await browser.useLink(token);
    expect([...browser.cookies.keys()]).toEqual([name]);
  });

  test("a link that was opened twice says who is signed in already", async () => {
    const { token } = await bridge.createSignInLink({ org: ORG, name: "Cora", role: "admin" });
    const browser = createBrowser(bridge);
    await browser.useLink(token);
    const again = await browser.useLink(token);
    expect(again.status).toBe(410);
    const text = await again.text();
    expect(text).toContain("You are still signed in as Cora.");
    expect(text).toContain('href="../o/main"');
    expect((await browser.state()).session).not.toBeNull();
  });

  test("ends an hour after its last use, and twelve hours after it began", async () => {
    const browser = await enter("Ivo");
    time += 59 * MINUTE_MS;
    expect((await browser.call(ORG, "GET", "/apps/")).status).toBe(200);
    time += 59 * MINUTE_MS;
    expect((await browser.call(ORG, "GET", "/apps/")).status).toBe(200);
    time += 61 * MINUTE_MS;
    expect((await browser.call(ORG, "GET", "/apps/")).status).toBe(401);

    const busy = await enter("Ivo");
    for (let minutes = 0; minutes < 12 * 60; minutes += 30) {
      expect((await busy.call(ORG, "GET", "/apps/")).status).toBe(200);
      time += 30 * MINUTE_MS;
    }
    expect((await busy.call(ORG, "GET", "/apps/")).status).toBe(401);
  });

  test("is not kept alive by a page that reads by itself while nobody is there", async () => {
    const browser = await enter("Ivo");
    const statuses: number[] = [];
    for (let minutes = 0; minutes <= 60; minutes += 10) {
      const headers = { "x-bridge-unattended": "true" };
      statuses.push((await browser.open(`/org/${ORG}/api/v1/bridge/apps/`, { headers })).status);
      time += 10 * MINUTE_MS;
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 401]);
  });

  test("that began while the clock was ahead does not last until then", async () => {
    time += 365 * 24 * 60 * MINUTE_MS;
    const browser = await enter("Ivo");
    const { token } = await bridge.createSignInLink({ org: ORG, name: "Lea", role: "admin" });
    time -= 365 * 24 * 60 * MINUTE_MS;
    expect((await browser.call(ORG, "GET", "/apps/")).status).toBe(401);
    expect((await createBrowser(bridge).useLink(token)).status).toBe(410);
  });

  test("that was used while the clock was ahead is checked with the provider, and ends, as any other", async () => {
    const browser = createBrowser(bridge, PUBLIC);
    await signInAt("ida", browser);
    // Within its twelve hours, but long after its next check and its idle hour.
    for (let minutes = 0; minutes < 300; minutes += 50) {
      time += 50 * MINUTE_MS;
      expect((await browser.call(ORG, "GET", "/apps/")).status).toBe(200);
    }
    time -= 290 * MINUTE_MS;
    provider.people.get("ida")!.groups = ["finance"];
    expect((await browser.state()).session).toMatchObject({ role: "auditor" });
    time += 61 * MINUTE_MS;
    expect((await browser.state()).session).toBeNull();
  });

  test("changes nothing without its CSRF token, or from a page of another site", async () => {
    const browser = await enter("Ada");
    const { session } = await browser.state();
    const post = (headers: object) =>
      browser.open(`/org/${ORG}/api/v1/bridge/apps/`, {
        method: "POST",
        body: JSON.stringify({ name: "HR" }),
        headers: { "content-type": "application/json", ...headers },
      });
    expect((await post({})).status).toBe(403);
    expect((await post({ "x-csrf-token": "A".repeat(43) })).status).toBe(403);
    const token = { "x-csrf-token": session.csrf_token };
    expect((await post({ ...token, "sec-fetch-site": "same-site" })).status).toBe(403);
    expect((await post(token)).status).toBe(201);
  });

  test("sees its own organisation alone", async () => {
    await bridge.createOrg("other");
    const browser = await enter("Ada");
    expect((await browser.call("other", "GET", "/apps/")).status).toBe(404);
  });

  test("is over after a sign-out, of all browsers if that is asked for", async () => {
    const [first, second, third] = [await enter("Sue"), await enter("Sue"), await enter("Sue")];
    const out = async (browser: Browser, path: string) => {
      const { session } = await browser.state();
      const cookies = new Map(browser.cookies);
      const response = await browser.open(path, { method: "POST", headers: { "x-csrf-token": session.csrf_token } });
      expect(response.status).toBe(204);
      expect(browser.cookies.size).toBe(0);
      // The cookie as it was is worth nothing either.
      for (const [name, value] of cookies) browser.cookies.set(name, value);
    };
    expect((await first.open("/sign-in/out", { method: "POST" })).status).toBe(403);
    await out(first, "/sign-in/out");
    expect((await first.call(ORG, "GET", "/apps/")).status).toBe(401);
    expect((await second.call(ORG, "GET", "/apps/")).status).toBe(200);
    await out(second, "/sign-in/out-everywhere");
    expect((await third.call(ORG, "GET", "/apps/")).status).toBe(401);
  });

  test("hears the events of its organisation until it is over", async () => {
    const browser = await enter("Eva");
    const { body: stream } = await browser.open(`/org/${ORG}/api/v1/bridge/events/`);
    const reader = stream!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toMatch(/^: events after/);
    const { id } = (await browser.call(ORG, "POST", "/apps/", { name: "Wiki" })).body;
    await browser.call(ORG, "POST", `/apps/${id}/sync/`);
    expect((await reader.read()).value).toContain("event: sync.started");
    const { session } = await browser.state();
    await browser.open("/sign-in/out", { method: "POST", headers: { "x-csrf-token": session.csrf_token } });
    while (!(await reader.read()).done);
  });

  test("of somebody who is disabled or deleted is over at once; nobody can do that to themselves", async () => {
    const admin = await enter("Root");
    const ida = await enter("Ida", "operator");
    expect((await admin.call(ORG, "PATCH", `/users/${admin.userId}/`, { is_disabled: true })).status).toBe(409);
    expect((await admin.call(ORG, "DELETE", `/users/${admin.userId}/`)).status).toBe(409);
    expect((await admin.call(ORG, "PATCH", `/users/${ida.userId}/`, { is_disabled: true })).body).toMatchObject({
      name: "Ida",
      disabled_at: now().toISOString(),
    });
    expect((await ida.call(ORG, "GET", "/apps/")).status).toBe(401);
    const { token } = await bridge.createSignInLink({ org: ORG, name: "Ida", role: "operator" });
    expect((await ida.useLink(token)).status).toBe(403);
    await admin.call(ORG, "PATCH", `/users/${ida.userId}/`, { is_disabled: false });
    const again = await enter("Ida", "operator");
    expect(again.userId).toBe(ida.userId);
    expect((await admin.call(ORG, "DELETE", `/users/${ida.userId}/`)).status).toBe(204);
    expect((await again.call(ORG, "GET", "/apps/")).status).toBe(401);
    const { users } = (await admin.call(ORG, "GET", "/users/")).body;
    expect(users.map(({ name }: { name: string }) => name)).not.toContain("Ida");
  });

  test("is named in the audit trail, with what was changed", async () => {
    const browser = await enter("Maja");
    const { id } = (await browser.call(ORG, "POST", "/apps/", { name: "HR" })).body;
    time += 1000;
    await browser.call(ORG, "PATCH", `/apps/${id}/`, { name: "People" });
    const { entries } = (await browser.call(ORG, "GET", `/audit/?app_id=${id}`)).body;
    expect(entries[0]).toMatchObject({
      key_id: `user_${browser.userId}`,
      key_name: "Maja",
      operation: "updateApp",
      details: { before: { name: "HR" }, after: { name: "People" } },
    });
    const all = (await browser.call(ORG, "GET", "/audit/")).body.entries;
    expect(all.map(({ operation }: { operation: string }) => operation)).toContain("signIn");
  });
});

describe("a sign-in link", () => {
  test("works once, and for ten minutes", async () => {
    const link = () => bridge.createSignInLink({ org: ORG, name: "Lea", role: "admin" });
    const { token } = await link();
    const browser = createBrowser(bridge);
    const page = await browser.open(`/sign-in/link?token=${token}`);
    expect(await page.text()).toContain("This link works once");
    const used = await browser.useLink(token);
    expect([used.status, used.headers.get("location")]).toEqual([303, "../o/main"]);
    expect((await createBrowser(bridge).useLink(token)).status).toBe(410);
    const late = await link();
    time += 11 * MINUTE_MS;
    expect((await createBrowser(bridge).useLink(late.token)).status).toBe(410);
  });

  test("is made by an administrator alone, over HTTP as well", async () => {
    const admin = await createApi(bridge, { org: ORG });
    const operator = await createApi(bridge, { org: ORG, role: "operator" });
    const body = { name: "Lea", role: "auditor" };
    expect((await operator.call("POST", "/sign-in-links/", body)).status).toBe(403);
    const { token } = (await admin.call("POST", "/sign-in-links/", body)).body;
    const browser = createBrowser(bridge);
    await browser.useLink(token);
    expect((await browser.state()).session).toMatchObject({ user: { name: "Lea" }, role: "auditor" });
  });

  test("shows what is in its address as text, and runs nothing", async () => {
    const page = await createBrowser(bridge).open(
      `/sign-in/link?token=${encodeURIComponent('"><script>alert(1)</script>')}`,
    );
    expect(await page.text()).not.toContain("<script");
    expect(page.headers.get("content-security-policy")).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  });
});

test("options that can't work are refused with their name", async () => {
  const open = (changes: Partial<OidcOptions>) => openBridge("pglite", { signIn: { oidc: { ...oidc, ...changes } } });
  await expect(open({ issuer: "http://login.example.com" })).rejects.toThrow("signIn.oidc.issuer");
  await expect(open({ publicUrl: "bridge" })).rejects.toThrow("signIn.oidc.publicUrl");
  await expect(open({ roles: {} })).rejects.toThrow("gives nobody a role");
});
