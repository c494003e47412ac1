import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { CommandIo } from "../command-io.ts";
import { type FoundConnector, writeConfigCode } from "../config/write-config-code.ts";
import { UsageError } from "../usage-error.ts";

interface InitOptions {
  config: string;
}

/** Connector packages of any scope are named by this convention. */
const CONNECTOR_PACKAGE = /(^|\/)connector-([a-z0-9-]+)$/;

/**
 * `bridgekit init`: writes a config for the connectors given, such as `jira` or `hr:odoo`, or for all that are installed.
 * The config reads all required values from the environment.
 */
export async function init(names: string[], { config }: InitOptions, io: CommandIo): Promise<void> {
  if (existsSync(config))
    throw new UsageError(`${config} already exists; remove it, or give another file with --config FILE.`);
  const folder = dirname(resolve(config));
  const installed = await findInstalled(folder);
  const wanted = names.length > 0 ? names : [...installed.keys()];
  const found = await Promise.all(wanted.map((name) => load(name, folder, installed)));
  const { code, variables } = writeConfigCode(found);
  // "wx" fails if the file was created in the meantime.
  await writeFile(config, code, { flag: "wx" });

  io.print(`Wrote ${config}. Fill in and run these lines, then run \`bridgekit doctor\`:\n`);
  const bridge = ["BRIDGE_URL", "BRIDGE_API_KEY"].filter((name) => !io.env[name]);
  for (const name of [...bridge, ...variables]) io.print(`  export ${name}=...`);
}

/** Returns the connector packages in the package.json beside the config, by short name. */
async function findInstalled(folder: string): Promise<Map<string, string>> {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => {
    throw new UsageError(
      `There is no package.json in ${folder}. Run \`npm init -y\` there and install a connector first.`,
    );
  });
  const { dependencies, devDependencies } = JSON.parse(text) as Record<string, Record<string, string> | undefined>;
  const packages = Object.keys({ ...dependencies, ...devDependencies });
  const installed = new Map(
    packages.flatMap((name): [string, string][] => {
      const short = CONNECTOR_PACKAGE.exec(name)?.[2];
      return short === undefined ? [] : [[short, name]];
    }),
  );
  if (installed.size === 0)
    throw new UsageError(
      `No connector is installed in ${folder}; install one first, such as \`npm install @bridgekit/connector-hr\`.`,
    );
  return installed;
}

async function load(name: string, folder: string, installed: ReadonlyMap<string, string>): Promise<FoundConnector> {
  const [short = "", system] = name.split(":");
  const packageName = installed.get(short);
  if (packageName === undefined)
    throw new UsageError(
      `No connector "${short}" is installed in this folder; installed: ${[...installed.keys()].join(", ")}.`,
    );
  const require = createRequire(join(folder, "package.json"));
  const module = (await import(pathToFileURL(require.resolve(packageName)).href)) as { default?: unknown };
  return { short, packageName, system, exported: module.default };
}
