import { scrypt } from "node:crypto";
import { promisify } from "node:util";

const HASH_BYTES = 32;

/**
 * A hash of every text of a config: which system is read, and as whom. Slow and salted, so that it can be kept without
 * telling a secret.
 */
export async function fingerprint(config: unknown, salt: string): Promise<string> {
  const texts = [...textsOf(config, "config")].sort().join("\n");
  const hash = (await promisify(scrypt)(texts, salt, HASH_BYTES)) as Buffer;
  return hash.toString("base64url");
}

function* textsOf(value: unknown, name: string): Generator<string> {
  if (typeof value === "string") yield `${name}=${value}`;
  else if (typeof value === "object" && value !== null)
    for (const [key, child] of Object.entries(value)) yield* textsOf(child, `${name}.${key}`);
}
