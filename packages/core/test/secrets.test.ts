import { expect, test } from "vitest";
import { defineConnector, type ErrorResponse, type Logger } from "../src/index.ts";
import { createConnection } from "../src/run.ts";
import { ALL, config, everythingOf, expectClean, SECRETS } from "./support/canary.ts";
import { networkError } from "./support/failing-upstream.ts";

const text = ALL.join(" | ");
const python = (value: string) =>
  JSON.stringify(value).replaceAll(/[^\0-\x7F]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
const html = text
  .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;"); // prettier-ignore
const base64 = ALL.map((one, n) => Buffer.from(`${"u".repeat(n % 3)}:${one}:`).toString("base64")).join(" ");
const respond = (body: string, status: number, headers: Record<string, string> = {}) => new Response(body, { status, headers }); // prettier-ignore

const UPSTREAMS: [string, () => Response][] = [
  ["an error text", () => respond(text, 400)],
  ["a refusal in JSON", () => Response.json({ error: { message: text, [text]: [text] } }, { status: 401 })],
  ["JSON as Python writes it", () => respond(`{"message":${python(text)}}`, 400)],
  ["JSON with escaped slashes", () => respond(JSON.stringify({ message: text }).replaceAll("/", "\\/"), 500)],
  ["broken JSON", () => respond(`{"message":${python(text)}`, 400)],
  ["an HTML page as response", () => respond(`<title>${html}</title>`, 200, { "content-type": "text/html" })],
  ["an HTML error page", () => respond(`<body>${"x".repeat(150)} ${html}</body>`, 502)],
  ["an incomplete response", () => respond(`[${JSON.stringify(text)}`, 200, { "content-type": "application/json" })],
  ["a text as response", () => respond(`${"x".repeat(190)}${text}`, 200)],
  ["base64", () => respond(base64, 400)],
  ["base64 for addresses", () => respond(base64.replaceAll("+", "-").replaceAll("/", "_"), 400)],
  ["percent-encoding", () => respond(ALL.map(encodeURIComponent).join("&"), 400)],
  ["a form", () => respond(new URLSearchParams(ALL.map((one): [string, string] => ["k", one])).toString().toLowerCase(), 400)],
  ["a redirect", () => respond("", 302, { location: `http://x/${encodeURIComponent(SECRETS.apiKey)}/` })],
  ["a pause", () => respond(text, 429, { "retry-after": "100000" })],
  ["the network", () => {
    const cause = Object.assign(networkError(`connect to ${text}`, { code: "ECONNRESET" }), { header: { sent: [text] } });
    throw new TypeError(`fetch ${text}`, { cause: new AggregateError([cause], text) });
  }],
  ["something that is no error", () => { throw text; }],
  ["a DOMException", () => { throw new DOMException(text, "NetworkError"); }],
]; // prettier-ignore

interface Probe {
  respond: () => Response;
  explain?: (response: ErrorResponse) => { message: string };
}

async function connect({ respond: upstream, explain }: Probe) {
  const logged: string[] = [];
  const log = (fields: object, message: string) => logged.push(`${everythingOf(fields)} ${message}`);
  const logger: Logger = { debug: log, info: log, warn: log, error: log };
  const wiki = defineConnector({
    name: "wiki",
    title: "Wiki",
    config,
    resourceTypes: { account: { type: "account", name: "User" } },
    connect: ({ apiKey, login }, { http, logger: own }) => {
      own.info({ apiKey, login, error: new Error(apiKey), headers: new Headers({ key: encodeURIComponent(apiKey) }) }, `key ${apiKey}`); // prettier-ignore
      const authorization = `Basic ${Buffer.from(`svc@example.com:${apiKey}`).toString("base64")}`;
      return http({ system: "Wiki", baseUrl: "http://wiki.example.com", headers: { authorization }, ...(explain && { explain }) }); // prettier-ignore
    },
    check: ({ client }) => client.request({ method: "GET", path: `/check/${encodeURIComponent(SECRETS.apiKey)}` }),
    sync: ({ client }) => ({
      // eslint-disable-next-line require-yield
      async *account() {
        await client.request({ method: "GET", path: `/users?key=${encodeURIComponent(SECRETS.apiKey)}` });
        throw new Error("an error was due");
      },
    }),
    tasks: {
      async suspend_account({ client }) {
        await client.request({ method: "POST", path: "/users", body: SECRETS });
      },
    },
  });
  const connection = await createConnection(wiki, SECRETS, {
    fetch: async () => upstream(),
    logger,
    retry: { retries: 1, minDelaySeconds: 0.001 },
  });
  return { connection, logged };
}

async function thrownBy(call: () => Promise<unknown>): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error("an error was due");
}

async function everyErrorOf(probe: Probe): Promise<{ errors: unknown[]; logged: string[] }> {
  const { connection, logged } = await connect(probe);
  const { client, logger, connector } = connection;
  const context = { client, logger, signal: new AbortController().signal };
  const stream = () =>
    connector.sync({ ...context, partial: () => undefined, unknownRefs: () => undefined }).account!();
  const task = { ...context, taskId: "1", interruptedAt: undefined };
  const errors = [
    await thrownBy(() => connection.check()),
    await thrownBy(() => stream()[Symbol.asyncIterator]().next()),
    await thrownBy(() => connector.tasks.suspend_account!(task, { account: { id: "1" } })),
  ];
  return { errors, logged };
}

test.each(UPSTREAMS)("no secret is in what is thrown or logged if the system returns %s", async (_what, respond) => {
  const { errors, logged } = await everyErrorOf({ respond });
  for (const error of errors) expectClean(everythingOf(error));
  expect(logged.length).toBeGreaterThan(0);
  expectClean(logged.join("\n"));
});

test("no secret is in what a connector makes of a response", async () => {
  const explain = ({ body }: ErrorResponse) => ({ message: `it said ${JSON.stringify(body)} to ${SECRETS.apiKey}` });
  const { errors } = await everyErrorOf({ respond: () => Response.json({ text }, { status: 400 }), explain });
  for (const error of errors) {
    expectClean(everythingOf(error));
    expect((error as Error).message).toContain("it said ");
  }
});

test("the rest of a message of the system stays readable", async () => {
  const { errors } = await everyErrorOf({ respond: () => respond(`key ${SECRETS.apiKey} of svc is too old`, 400) });
  expect((errors[0] as Error).message).toMatch(/: key \[secret\] of svc is too old$/);
});
