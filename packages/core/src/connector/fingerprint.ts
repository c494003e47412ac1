import { scrypt } from "node:crypto";
import { promisify } from "node:util";

const HASH_BYTES = 32;

/**
 * A hash of every value of a config, at any depth: which system is read, and as whom. Slow and salted, so that it can be
 * kept without telling a secret.
 */
export async function fingerprint(config: unknown, salt: string): Promise<string> {
  const texts = [...textsOf(config, "config", new Set())].sort().join("\n");
  const hash = (await promisify(scrypt)(texts, salt, HASH_BYTES)) as Buffer;
  return hash.toString("base64url");
}

function* textsOf(value: unknown, name: string, outer: ReadonlySet<object>): Generator<string> {
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
    case "bigint":
      yield `${name}=${value}`;
      return;
    case "object":
      // A schema may make an object that holds itself.
      if (value === null || outer.has(value)) return;
      yield* textsInside(value, name, new Set([...outer, value]));
      return;
    default:
  }
}

function* textsInside(value: object, name: string, outer: ReadonlySet<object>): Generator<string> {
  const isCollection = value instanceof Map || value instanceof Set;
  const entries = isCollection ? [...value.entries()] : Object.entries(value);
  for (const [key, child] of entries) yield* textsOf(child, `${name}.${String(key)}`, outer);
  // A URL, a date and the like show what they hold as a text only.
  if (entries.length === 0 && !isCollection && !Array.isArray(value)) {
    const text = textOf(value);
    if (text !== undefined) yield `${name}=${text}`;
  }
}

function textOf(value: object): string | undefined {
  if (value instanceof Date) return String(value.getTime());
  // An object without a prototype has no `toString`, and that of all others says nothing.
  const { toString } = value as { toString?: () => string };
  return typeof toString === "function" && toString !== Object.prototype.toString ? toString.call(value) : undefined;
}
