import { createTestBridge } from "@bridgekit/server/testing";
import { expect, test } from "vitest";
import { readSignIn } from "../src/commands/read-sign-in.ts";
import { runInProcess } from "./support/run-in-process.ts";

test("login prints a link that signs in once, as who it says", async () => {
  await using bridge = await createTestBridge();
  await bridge.createOrg("main");
  const { key } = await bridge.createKey({ org: "main", name: "admin", role: "admin" });
  const fetch: typeof globalThis.fetch = async (input, init) => bridge.fetch(new Request(input, init));
  const env = { BRIDGE_URL: "http://bridge.example.com/org/main", BRIDGE_API_KEY: key };
  const shown = await runInProcess(["login", "--name", "Ida Roth", "--role", "auditor"], { env, fetch });
  expect(shown.stdout).toContain("Sign in to organisation main as Ida Roth (auditor; works once, for 10 minutes):");
  const link = new URL(/http:\S+/.exec(shown.stdout)?.[0] ?? "");
  expect(link.href).toMatch(/^http:\/\/bridge\.example\.com\/sign-in\/link\?token=/);
  const use = () => fetch(link, { method: "POST", body: link.searchParams, redirect: "manual" });
  expect((await use()).status).toBe(303);
  expect((await use()).status).toBe(410);
});

const PROVIDER = {
  BRIDGE_PUBLIC_URL: "https://bridge.example.com",
  BRIDGE_OIDC_ISSUER: "https://login.example.com",
  BRIDGE_OIDC_CLIENT_ID: "bridge",
  BRIDGE_OIDC_ROLES: "admin = it-admins; auditor=audit,Z3Jw==",
};

test("the identity provider comes from the environment", () => {
  expect(readSignIn({}, "main")).toEqual({});
  expect(readSignIn({ ...PROVIDER, BRIDGE_OIDC_ROLE_CLAIM: "realm_access.roles" }, "main")).toEqual({
    oidc: {
      issuer: "https://login.example.com",
      clientId: "bridge",
      publicUrl: "https://bridge.example.com",
      org: "main",
      roles: { admin: ["it-admins"], auditor: ["audit", "Z3Jw=="] },
      roleClaim: "realm_access.roles",
    },
  });
});

test.each([
  [{ BRIDGE_PUBLIC_URL: "" }, "BRIDGE_OIDC_ISSUER is set, so BRIDGE_PUBLIC_URL must be set, too."],
  [{ BRIDGE_OIDC_ROLES: "root=it" }, 'BRIDGE_OIDC_ROLES has "root=it"; write it like admin=it-admins'],
  [{ BRIDGE_OIDC_ROLES: "admin" }, 'BRIDGE_OIDC_ROLES has "admin"; write it like'],
])("%o is refused with the way out", (changes, message) => {
  expect(() => readSignIn({ ...PROVIDER, ...changes }, "main")).toThrow(message);
});
