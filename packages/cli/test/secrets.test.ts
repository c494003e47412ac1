import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { hr } from "@bridgekit/connector-hr";
import { createTestBridge, type TestBridge } from "@bridgekit/server/testing";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createVault, defineConfig, defineSecret, secretFromEnvironment, secretFromFile } from "../src/index.ts";
import { digestCredential } from "../src/fleet/describe-system.ts";
import { resolveSecrets } from "../src/secrets/resolve-secrets.ts";
import { runInProcess } from "./support/run-in-process.ts";
import { createStandInVault } from "./support/stand-in-vault.ts";

const CANARY = "canary-4f1c77";
const sources = new URL("../src/index.ts", import.meta.url).href;
const core = new URL("../../core/src/index.ts", import.meta.url).href;

let folder: string;
let server: TestBridge;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bridgekit-secrets-"));
  server = await createTestBridge();
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => vi.unstubAllEnvs());

async function keep(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test("references at any depth are read, and everything else stays as it is", async () => {
  vi.stubEnv("HR_KEY", "from the environment");
  const url = new URL("https://hr.example.com");
  const { config, secrets } = await resolveSecrets({
    url,
    keys: [secretFromEnvironment("HR_KEY"), "plain"],
    inside: { key: secretFromFile(await keep("key", "from a file\n")), none: null, count: 3 },
  });
  expect(config).toEqual({
    url,
    keys: ["from the environment", "plain"],
    inside: { key: "from a file", none: null, count: 3 },
  });
  expect(secrets).toEqual(["from the environment", "from a file"]);
});

test("a file is read again each time, so a rotated secret is found", async () => {
  const secret = secretFromFile(await keep("rotated", "old"));
  expect(await secret.read()).toBe("old");
  await keep("rotated", "new\r\n");
  expect(await secret.read()).toBe("new");
});

test.each([
  [
    "an environment variable that is not set",
    () => secretFromEnvironment("NOT_SET"),
    "The environment variable NOT_SET is not set.",
  ],
  ["a file that is missing", () => secretFromFile("/nowhere/key"), "The file /nowhere/key can't be read: ENOENT."],
  [
    "a store that fails",
    () => defineSecret({ name: "key", read: () => Promise.reject(new Error("the store is away")) }),
    "the store is away",
  ],
])("%s is an error that names field and place", async (_what, secret, message) => {
  await expect(resolveSecrets({ odoo: { apiKey: secret() } })).rejects.toThrow(
    expect.objectContaining({
      name: "ConfigError",
      message: expect.stringContaining(`config.odoo.apiKey: ${message}`),
    }),
  );
});

test("a reference shows its place and nothing else", async () => {
  const secret = defineSecret({ name: "the key of HR", read: async () => CANARY });
  await secret.read();
  expect([JSON.stringify({ secret }), inspect(secret, { showHidden: true, depth: 9 }), Object.keys(secret)]).toEqual([
    `{"secret":"[secret: the key of HR]"}`,
    expect.not.stringContaining(CANARY),
    [],
  ]);
});

test("a config takes references in place of texts, and still nothing that does not fit", () => {
  const apiKey = secretFromEnvironment("HR_KEY");
  const connector = hr({ system: "odoo" });
  defineConfig({
    bridge: { apiKey },
    apps: { emea: { connector, config: { url: "https://hr.example.com", apiKey } } },
  });
  // @ts-expect-error url is missing
  defineConfig({ apps: { emea: { connector, config: { apiKey } } } });
});

test("a secret of a vault is read by its path and field, each time anew", async () => {
  const vault = createStandInVault();
  const { secret } = createVault({ ...vault, signIn: { token: secretFromFile(await keep("token", "root-token")) } });
  vault.put("hr/emea", { apiKey: CANARY, user: "robot" });
  const both = { key: secret("hr/emea", "apiKey"), user: secret("hr/emea", "user") };
  expect((await resolveSecrets(both)).config).toEqual({ key: CANARY, user: "robot" });
  // Both fields shared a request.
  expect(vault.log).toEqual(["GET /v1/secret/data/hr/emea"]);
  vault.put("hr/emea", { apiKey: "rotated" });
  expect(await both.key.read()).toBe("rotated");
  await expect(both.user.read()).rejects.toThrow(
    `There is no text "user" in secret/hr/emea in the vault at https://vault.example.com:8200.`,
  );
  await expect(secret("hr/none", "apiKey").read()).rejects.toThrow(`There is no text "apiKey" in secret/hr/none`);
});

test("a vault that refuses says why, and the token is in no message", async () => {
  const vault = createStandInVault();
  const { secret } = createVault({ ...vault, signIn: { token: CANARY } });
  const error = await secret("hr/emea", "apiKey")
    .read()
    .catch((reason: unknown) => reason);
  expect((error as Error).message).toContain("permission denied; has the token expired");
  expect(inspect(error, { depth: 9 })).not.toContain(CANARY);
});

test("a pod signs in by its service account, and again when its token is revoked", async () => {
  const vault = createStandInVault();
  const serviceAccountToken = secretFromFile(await keep("jwt", "service-account\n"));
  const { secret } = createVault({ ...vault, signIn: { kubernetes: { role: "bridgekit", serviceAccountToken } } });
  vault.put("hr", { apiKey: CANARY });
  const key = secret("hr", "apiKey");
  await Promise.all([key.read(), key.read()]);
  await key.read();
  vault.revoke("leased-1");
  expect(await key.read()).toBe(CANARY);
  expect(vault.log.filter((line) => line.startsWith("POST"))).toHaveLength(2);
});

test("a vault needs an address", () => {
  vi.stubEnv("VAULT_ADDR", undefined);
  expect(() => createVault()).toThrow("A vault needs an address: set VAULT_ADDR");
});

test("a command reads the secrets when it connects; what it prints and keeps has none", async () => {
  const org = await server.openOrg();
  const place = await mkdtemp(join(folder, "config-"));
  await writeFile(join(place, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(join(place, "key"), CANARY);
  const config = join(place, "bridge.config.ts");
  await writeFile(
    config,
    `import { defineConnector } from ${JSON.stringify(core)};
import { secretFromFile } from ${JSON.stringify(sources)};
const office = defineConnector({
  name: "office",
  title: "Office",
  config: { "~standard": { version: 1, vendor: "test", validate: (value) => ({ value }) } },
  resourceTypes: { account: { type: "account", name: "Account" } },
  connect: ({ door }, { logger }) => { logger.warn({ door }, "signing in with " + door); return { door }; },
  check: async () => [],
  sync: ({ client }) => ({ async *account() {
    if (client.door !== ${JSON.stringify(CANARY)}) throw new Error("wrong secret");
    yield { id: "u1", email: "u1@example.com" };
    throw new Error("refused " + client.door);
  } }),
});
export default {
  bridge: { url: ${JSON.stringify(org.url)}, apiKey: secretFromFile(${JSON.stringify(join(place, "api-key"))}) },
  apps: { office: { connector: office, config: { door: secretFromFile(${JSON.stringify(join(place, "key"))}) } } },
};
`,
  );
  const sync = () => runInProcess(["sync", "--config", config, "--verbose"], { fetch: org.fetch });
  expect((await sync()).stderr).toContain("bridge.apiKey: The file");
  await writeFile(join(place, "api-key"), `${org.apiKey}\n`);
  const { stdout, stderr } = await sync();
  expect(stdout + stderr).toContain("refused [");
  expect(stdout + stderr).not.toContain(CANARY);
  const { value: app } = await org.client.listApps().next();
  const receipts = join(place, ".bridge", "receipts", app!.id);
  for (const file of await readdir(receipts))
    expect(await readFile(join(receipts, file), "latin1")).not.toContain(CANARY);
  await rm(join(place, "key"));
  expect((await sync()).stderr).toContain("apps.office: config.door: The file");
});

test("apps share a credential in a fleet if they refer to the same secret", () => {
  const connector = hr({ system: "odoo" });
  const digest = (variable: string, url: string) =>
    digestCredential({ connector, config: { url, apiKey: secretFromEnvironment(variable) } }, "key");
  const one = digest("HR_KEY", "https://a.example.com");
  expect(digest("HR_KEY", "https://b.example.com")).toBe(one);
  expect(digest("OTHER_KEY", "https://a.example.com")).not.toBe(one);
});
