import { ConfigError } from "@bridgekit/core";
import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { readConnection } from "./bridge-address.ts";
import { configSchema, type LoadedConfig } from "./config-schema.ts";
import { describeIssue } from "./describe-issue.ts";
import { importConfig } from "./import-config.ts";

export interface LoadedConfigFile extends LoadedConfig {
  bridge: { url: string; apiKey: string };
  /** The config file, as messages name it. */
  shown: string;
  folder: string;
}

/** Loads and validates a config file. Throws `ConfigError` naming the file, the key and what is allowed. */
export async function loadConfig(path: string, environment: NodeJS.ProcessEnv): Promise<LoadedConfigFile> {
  const file = resolve(path);
  const shown = relative(process.cwd(), file) || file;
  if (!existsSync(file)) throw new ConfigError(`There is no ${shown}. Write one, or name another with --config FILE.`);

  const result = configSchema.safeParse(await importDefault(file, shown));
  if (!result.success)
    throw new ConfigError(result.error.issues.map((issue) => `${shown}: ${describeIssue(issue)}`).join("\n"));

  const { url = environment["BRIDGE_URL"], apiKey = environment["BRIDGE_API_KEY"] } = result.data.bridge ?? {};
  const bridge = readConnection({ url, apiKey });
  if ("problem" in bridge) throw new ConfigError(`${shown}: ${bridge.problem}`);
  checkClones(result.data, shown);
  checkDistinct(result.data, shown);
  return { ...result.data, bridge, shown, folder: dirname(file) };
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
        `${shown}: apps.${key}.cloneFrom: "${cloneFrom}" is no other app; there is ${others.join(", ") || "none"}.`,
      );
    if (apps[cloneFrom]?.cloneFrom !== undefined)
      throw new ConfigError(
        `${shown}: apps.${key}.cloneFrom: "${cloneFrom}" is a clone itself; name the app that it was cloned from.`,
      );
  }
}

/** Two systems that feed one app would each remove what the other has pushed. */
function checkDistinct({ apps }: LoadedConfig, shown: string): void {
  const keysByTarget = new Map<string, string>();
  for (const [key, { id, name = key }] of Object.entries(apps)) {
    const target = id === undefined ? `the name "${name}"` : `the id ${id.toLowerCase()}`;
    const other = keysByTarget.get(target);
    if (other !== undefined)
      throw new ConfigError(
        `${shown}: apps.${key} and apps.${other} have ${target} both; each needs an app of its own.`,
      );
    keysByTarget.set(target, key);
  }
}
