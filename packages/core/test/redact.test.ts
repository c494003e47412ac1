import { expect, test } from "vitest";
import { z } from "zod";
import { defineConnector } from "../src/index.ts";
import { createConnection, createRedactor } from "../src/run.ts";

const TOKEN = "kT7-pQ2x/Vw9+LmN4";
const redact = createRedactor([TOKEN]);

test.each([
  ["its first eight characters", TOKEN.slice(0, 8)],
  ["all but its end", TOKEN.slice(0, -1)],
  ["hexadecimal", Buffer.from(TOKEN).toString("hex")],
  ["hexadecimal in capitals", Buffer.from(TOKEN).toString("hex").toUpperCase()],
  ["the beginning of hexadecimal", Buffer.from(TOKEN).toString("hex").slice(0, 20)],
  ["base64", Buffer.from(TOKEN).toString("base64url")],
  ["the beginning of base64", Buffer.from(TOKEN).toString("base64").slice(0, 14)],
  ["the beginning of an address", encodeURIComponent(TOKEN).slice(0, 12)],
])("a secret is masked if a text has %s", (_form, leaked) => {
  expect(redact(`key "${leaked}" of svc`)).toBe('key "[secret]" of svc');
});

test("the text right after part of a secret is kept", () => {
  expect(redact(`${TOKEN.slice(0, 9)}ZZ and ${TOKEN.slice(0, 8)}`)).toBe("[secret]ZZ and [secret]");
});

test.each([
  ["an address", "https://login.example.com/oauth/token", "https://wiki.example.com"],
  ["a path", "/etc/bridge/keys/wiki.pem", "/etc/bridge/config.ts"],
  [
    "the head of a PEM file",
    "-----BEGIN PRIVATE KEY-----\nc2VjcmV0c2VjcmV0",
    "it begins with -----BEGIN PRIVATE KEY-----",
  ],
  ["a short word", "password1", "password"],
])("the beginning of %s is not masked", (_what, secret, text) => {
  expect(createRedactor([secret])(text)).toBe(text);
});

/** A system with a sign-in by password, and a connector that shows the session. */
async function connect(shown: (session: string) => string) {
  const logged: string[] = [];
  const log = (fields: object, message: string) => void logged.push(`${JSON.stringify(fields)} ${message}`);
  const wiki = defineConnector({
    name: "wiki",
    title: "Wiki",
    config: z.object({ secret: z.string() }),
    resourceTypes: { account: { type: "account", name: "User" } },
    connect: ({ secret }, { http, logger }) => ({
      secret,
      logger,
      http: http({ system: "Wiki", baseUrl: "http://w.example.com" }),
    }),
    async check({ client: { http, secret, logger } }) {
      const body = new URLSearchParams({ client_secret: secret });
      const { access_token } = await http.request<{ access_token: string }>({ method: "POST", path: "/token", body });
      logger.info({ session: shown(access_token) }, "signed in");
      throw new Error(`the wiki did not take ${shown(access_token)}`);
    },
    sync: () => ({ async *account() {} }),
  });
  const connection = await createConnection(
    wiki,
    { secret: TOKEN },
    {
      fetch: async () => Response.json({ access_token: "session-8f3e2a91c4" }),
      logger: { debug: log, info: log, warn: log, error: log },
    },
  );
  const error = await connection.check().catch((thrown: Error) => thrown.message);
  return `${error as string}\n${logged.join("\n")}`;
}

test.each([
  ["whole", (session: string) => session],
  ["in part", (session: string) => session.slice(0, 10)],
  ["in hexadecimal", (session: string) => Buffer.from(session).toString("hex")],
])("the session of a sign-in is masked, %s, in errors and logs of the connector", async (_how, shown) => {
  const seen = await connect(shown);
  expect(seen.split("[secret]").length).toBe(3);
  expect(seen).not.toMatch(/8f3e|73657373/);
});

test.each(["/users?session_id=", "/users?page=2&access_token="])(
  "a session in the address %s is masked",
  async (path) => {
    const wiki = defineConnector({
      name: "wiki",
      title: "Wiki",
      config: z.object({}),
      resourceTypes: { account: { type: "account", name: "User" } },
      connect: (_config, { http }) => http({ system: "Wiki", baseUrl: "http://w.example.com" }),
      async check({ client }) {
        await client.request({ method: "GET", path: `${path}8f3e2a91c4d7` });
        throw new Error("the session 8f3e2a91c4d7 has ended");
      },
      sync: () => ({ async *account() {} }),
    });
    const connection = await createConnection(wiki, {}, { fetch: async () => Response.json([]) });
    await expect(connection.check()).rejects.toThrow("the session [secret] has ended");
  },
);
