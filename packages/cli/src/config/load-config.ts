import { ConfigError } from "@bridgekit/core";
import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { readBridgeAddress } from "./read-bridge-address.ts";
import { configSchema, type LoadedConfig } from "./config-schema.ts";
import { isSecret, type Secret } from "../secrets/secret.ts";
import { describeIssue } from "./describe-issue.ts";
import { importConfig } from "./import-config.ts";

export interface LoadedConfigFile extends LoadedConfig {
  bridge: { url: string; apiKey: string };
  /** Path of the config file as shown in messages. */
  shown: string;
  folder: string;
}

/** Loads and validates a config file. Throws `ConfigError` with the file, the key and what is allowed. */
export async function loadConfig(path: string, environment: NodeJS.ProcessEnv): Promise<LoadedConfigFile> {
  const file = resolve(path);
  const local = relative(process.cwd(), file);
  const shown = local === "" || local.startsWith("..") ? file : local;
  if (!existsSync(file))
    throw new ConfigError(
      `${shown} does not exist. Create one with \`bridgekit init\`, or give another file with --config FILE.`,
    );

  const result = configSchema.safeParse(await importDefault(file, shown));
  if (!result.success)
    throw new ConfigError(result.error.issues.map((issue) => `${shown}: ${describeIssue(issue)}`).join("\n"));

  const { url = environment["BRIDGE_URL"], apiKey = environment["BRIDGE_API_KEY"] } = result.data.bridge ?? {};
  const bridge = readBridgeAddress({ url, apiKey: await readKey(apiKey, shown) });
  if ("problem" in bridge) throw new ConfigError(`${shown}: ${bridge.problem}`);
  checkClones(result.data, shown);
  checkDistinct(result.data, shown);
  return { ...result.data, bridge, shown, folder: dirname(file) };
}

async function readKey(apiKey: string | Secret | undefined, shown: string): Promise<string | undefined> {
  if (!isSecret(apiKey)) return apiKey;
  return apiKey.read().catch((error: unknown) => {
    throw new ConfigError(`${shown}: bridge.apiKey: ${(error as Error).message}`, { cause: error });
  });
}

async function importDefault(file: string, shown: string): Promise<unknown> {
  try {
    const { default: config } = await importConfig(pathToFileURL(file).href);
    if (config === undefined)
      throw new ConfigError(`${shown} has no default export. End it with \`export default defineConfig({ ... })\`.`);
    return config;
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`${shown} can't be loaded: ${(error as Error).message}`, { cause: error });
  }
}

function checkClones({ apps }: LoadedConfig, shown: string): void {
  for (const [key, { cloneFrom }] of Object.entries(apps)) {
    if (cloneFrom === undefined) continue;
    const others = Object.keys(apps).filter((other) => other !== key);
    if (!others.includes(cloneFrom))
      throw new ConfigError(
        `${shown}: apps.${key}.cloneFrom: there is no other app "${cloneFrom}"; the config has ${others.join(", ") || "none"}.`,
      );
    if (apps[cloneFrom]?.cloneFrom !== undefined)
      throw new ConfigError(
        `${shown}: apps.${key}.cloneFrom: "${cloneFrom}" is itself a clone; give the app that it is cloned from.`,
      );
  }
}

/** Two systems that feed one app would remove each other's records. */
function checkDistinct({ apps }: LoadedConfig, shown: string): void {
  const keysByTarget = new Map<string, string>();
  for (const [key, { id, name = key }] of Object.entries(apps)) {
    const target = id === undefined ? `the name "${name}"` : `the id ${id.toLowerCase()}`;
    const other = keysByTarget.get(target);
    if (other !== undefined)
      throw new ConfigError(`${shown}: apps.${key} and apps.${other} both have ${target}; each needs its own app.`);
    keysByTarget.set(target, key);
  }
}
