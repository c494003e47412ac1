import { expect, test } from "vitest";
import { z } from "zod";
import { defineConnector } from "../src/index.ts";
import { createHttp } from "../src/http/create-http.ts";
import { createConnection } from "../src/run.ts";

const marked = () => z.string().meta({ secret: true });
const config = z.object({
  url: z.url(),
  login: z.object({ user: z.string(), pin: marked() }).optional(),
  sign: z.union([z.object({ cert: marked() }), z.string()]).optional(),
  spare: z.array(marked()).optional(),
  fallback: marked().default("default-canary"),
  trimmed: marked()
    .transform((text) => text.trim())
    .optional(),
  passwords: z.object({ password: z.string() }).optional(),
  tokenUrl: z.string().meta({ secret: false }).optional(),
});
const wiki = defineConnector({
  name: "wiki",
  title: "Wiki",
  config,
  resourceTypes: { account: { type: "account", name: "User" } },
  connect: () => ({}),
  check: async () => [],
  sync: () => ({ async *account() {} }),
});
const url = "http://wiki.example.com";

test("secrets are masked at every depth, in every form that the connector gets", async () => {
  const { redact } = await createConnection(wiki, {
    url,
    login: { user: "svc", pin: "nested-canary" },
    sign: { cert: "union-canary" },
    spare: ["array-canary"],
    trimmed: "trimmed-canary\n",
    passwords: { password: "named-canary" },
  });
  for (const secret of ["nested", "union", "array", "default", "trimmed", "named"])
    expect(redact(`before ${secret}-canary after`)).toBe("before [secret] after");
  expect(redact("svc")).toBe("svc");
});

test("a field marked as not secret is not masked, whatever its name", async () => {
  const { redact } = await createConnection(wiki, { url, tokenUrl: "http://sign.example.com/in" });
  expect(redact("POST http://sign.example.com/in")).toBe("POST http://sign.example.com/in");
});

test("a wrong config is refused field by field, with a list of the known fields", async () => {
  await expect(createConnection(wiki, { url: "nonsense", login: {} })).rejects.toThrow(
    "config.url is wrong: Invalid URL; config.login.user is missing (is its environment variable set?); " +
      "config.login.pin is missing (is its environment variable set?). " +
      'The config of connector "wiki" takes url, login, sign, spare, fallback, trimmed, passwords, tokenUrl.',
  );
});

test("an address with a user name and password is refused without showing it", () => {
  expect(() => createHttp({ system: "Wiki", baseUrl: "http://svc:canary@wiki.example.com" })).toThrow(
    "An address must not carry a user name and password.",
  );
});

test("the fingerprint of a config changes with any value, at any depth, and with nothing else", async () => {
  const open = defineConnector({
    name: "wiki",
    title: "Wiki",
    config: z.looseObject({ address: z.string().transform((text) => new URL(text)) }),
    resourceTypes: { account: { type: "account", name: "User" } },
    connect: () => ({}),
    check: async () => [],
    sync: () => ({ async *account() {} }),
  });
  const of = async (values: object) =>
    (await createConnection(open, { address: "https://a.example.com/x", ...values })).fingerprint("salt");
  const base = { port: 443, isSandbox: true, systems: [{ id: 1n, since: new Date(0) }], extra: new Map([["key", 1]]) };
  const changed: object[] = [
    { address: "https://b.example.com/x" },
    { port: 444 },
    { isSandbox: false },
    { systems: [{ id: 2n, since: new Date(0) }] },
    { systems: [{ id: 1n, since: new Date(1) }] },
    { extra: new Map([["key", 2]]) },
  ];
  const hashes = await Promise.all([base, ...changed.map((values) => ({ ...base, ...values }))].map(of));
  expect(new Set(hashes).size).toBe(changed.length + 1);
  const { port, isSandbox, systems, extra } = base;
  const same = { extra, nothing: null, systems, bare: Object.create(null) as object, isSandbox, port };
  expect(await of(same)).toBe(hashes[0]);
});
