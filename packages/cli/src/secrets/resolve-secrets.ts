import { ConfigError } from "@bridgekit/core";
import { isSecret } from "./secret.ts";

export interface ResolvedConfig {
  /** The config with the secrets in place of their references. */
  config: unknown;
  /** What was read, to be masked wherever it is shown. */
  secrets: string[];
}

/** Reads the secrets that a config refers to. Throws `ConfigError`, naming the field and the place. */
export async function resolveSecrets(config: unknown): Promise<ResolvedConfig> {
  const secrets: string[] = [];

  async function resolve(value: unknown, path: string): Promise<unknown> {
    if (isSecret(value)) {
      const text = await value.read().catch((error: unknown) => {
        throw new ConfigError(`${path}: ${(error as Error).message}`, { cause: error });
      });
      secrets.push(text);
      return text;
    }
    if (Array.isArray(value)) return Promise.all(value.map((item, index) => resolve(item, `${path}[${index}]`)));
    if (!isPlain(value)) return value;
    const entries = Object.entries(value).map(async ([key, child]) => [key, await resolve(child, `${path}.${key}`)]);
    return Object.fromEntries(await Promise.all(entries)) as unknown;
  }

  return { config: await resolve(config, "config"), secrets };
}

/** Other objects, such as a URL, are left as they are. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
