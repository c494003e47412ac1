import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CommandIo } from "../command-io.ts";
import { UsageError } from "../usage-error.ts";

export interface SandboxOptions {
  port: number;
  host: string;
  people: number;
}

/** The package in whose `./sandbox` a product stands in. */
const PACKAGES = {
  jira: "@bridgekit/connector-jira",
  salesforce: "@bridgekit/connector-salesforce",
  odoo: "@bridgekit/connector-hr",
  bamboohr: "@bridgekit/connector-hr",
} as const;

type SandboxProduct = keyof typeof PACKAGES;

/** As much of a connector's `./sandbox` as is called here: the command depends on no connector. */
interface SandboxModule {
  standIns?: Partial<Record<SandboxProduct, StandIn>>;
}

type StandIn = (options: { port: number; hostname: string; people: number }) => Promise<{
  lines: readonly string[];
  close: () => Promise<void>;
}>;

/** `bridgekit sandbox jira`: a stand-in for a product, until it is stopped. */
export async function sandbox(product: SandboxProduct, options: SandboxOptions, io: CommandIo): Promise<void> {
  const name = PACKAGES[product];
  const { standIns } = (await import(findModule(name))) as SandboxModule;
  const start = standIns?.[product];
  if (!start) throw new UsageError(`The ${name} that is installed here has no stand-in for ${product}; update it.`);
  const signal = io.stopSignal();
  const { port, host, people } = options;
  const { lines, close } = await start({ port, hostname: host, people });
  for (const line of lines) io.print(line);
  if (!signal.aborted) await once(signal, "abort");
  await close();
}

/** Where the package is: installed beside the config that one works on, or else beside this command. */
function findModule(name: string): string {
  for (const place of [join(process.cwd(), "package.json"), import.meta.url])
    try {
      return pathToFileURL(createRequire(place).resolve(`${name}/sandbox`)).href;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    }
  throw new UsageError(`The stand-in is in ${name}, which is not installed here: npm install ${name}`);
}
