import { scrypt } from "node:crypto";
import { promisify } from "node:util";

const HASH_BYTES = 32;

/**
 * Hashes every value of a config, at any depth: which system is read, and as whom. The hash is slow and salted, so it can be
 * kept without giving away a secret.
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
      // The output of a schema may be circular.
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
  // A URL or a date has no entries, only a text.
  if (entries.length === 0 && !isCollection && !Array.isArray(value)) {
    const text = textOf(value);
    if (text !== undefined) yield `${name}=${text}`;
  }
}

function textOf(value: object): string | undefined {
  if (value instanceof Date) return String(value.getTime());
  // An object without a prototype has no `toString`, and the default one returns nothing useful.
  const { toString } = value as { toString?: () => string };
  return typeof toString === "function" && toString !== Object.prototype.toString ? toString.call(value) : undefined;
}
