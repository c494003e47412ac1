import { inspect } from "node:util";
import { expect } from "vitest";
import { z } from "zod";

const secret = () => z.string().meta({ secret: true });
const tree: z.ZodType = z.object({ leaf: secret(), get next() { return tree.optional(); } }); // prettier-ignore
/** A config with a secret in every possible place. */
export const config = z.object({
  apiKey: z.string(),
  pin: z.number().meta({ secret: true }),
  login: z.object({ user: z.string(), phrase: secret() }),
  list: z.array(secret()),
  marked: z.array(z.string()).meta({ secret: true }),
  pair: z.tuple([z.string(), secret()]),
  byName: z.record(z.string(), secret()),
  credentials: z.object({ id: z.string(), cert: z.string() }),
  privateKey: z.string(),
  either: z.union([z.object({ hidden: secret() }), z.string()]),
  tree,
});
// Every character that some encoding changes.
const canary = (name: string) => `canary-${name} "ü/+&<'>\\=%?#~ö`;
export const SECRETS = {
  apiKey: canary("key"),
  pin: 918_273_645,
  login: { user: "svc", phrase: canary("phrase") },
  list: [canary("list")],
  marked: [canary("marked")],
  pair: ["shown", canary("pair")],
  byName: { main: canary("record") },
  credentials: { id: canary("id"), cert: canary("cert") },
  privateKey: [canary("first line"), canary("second line"), canary("last line")].join("\r\n"),
  either: { hidden: canary("union") },
  tree: { leaf: canary("leaf"), next: { leaf: canary("next") } },
};
/** All secrets as texts. */
export const ALL = [
  ...["key", "phrase", "list", "marked", "pair", "record", "id", "cert", "union", "leaf", "next"].map(canary),
  String(SECRETS.pin),
  // Systems and libraries show one line of a key in several lines, or join them.
  SECRETS.privateKey,
  SECRETS.privateKey.replaceAll(/\s+/g, " "),
  SECRETS.privateKey.replaceAll("\r\n", "\n"),
  ...SECRETS.privateKey.split("\r\n"),
];

/** Everything that a person or a machine may see of a thrown value. */
export function everythingOf(thrown: unknown): string {
  const shown = inspect(thrown, {
    depth: Infinity,
    showHidden: true,
    maxStringLength: Infinity,
    breakLength: Infinity,
  });
  const { message, stack, cause, body } = thrown as Error & { body?: unknown };
  return [shown, message, stack, JSON.stringify([body, thrown]), cause === undefined ? "" : everythingOf(cause)].join(
    "\n",
  );
}

/** If a text contains each of these, no encoding hides a secret. */
export function expectClean(seen: string): void {
  const decoded = [...seen.matchAll(/[\w+/-]{8,}/g)].flatMap(([word]) =>
    [0, 1, 2, 3].map((skip) => Buffer.from(word.slice(skip), "base64").toString("latin1")),
  );
  for (const form of [seen, seen.replaceAll(/%[0-9a-f]{2}/gi, "%"), ...decoded]) {
    expect(form).not.toMatch(/canary/i);
    expect(form).not.toContain("918273645");
  }
}
