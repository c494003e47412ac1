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

/** The package that has the stand-in of each product in its `./sandbox`. */
const PACKAGES = {
  jira: "@bridgekit/connector-jira",
  salesforce: "@bridgekit/connector-salesforce",
  odoo: "@bridgekit/connector-hr",
  bamboohr: "@bridgekit/connector-hr",
} as const;

type SandboxProduct = keyof typeof PACKAGES;

/** The part of a connector's `./sandbox` that is used here; the command depends on no connector. */
interface SandboxModule {
  standIns?: Partial<Record<SandboxProduct, StandIn>>;
}

type StandIn = (options: { port: number; hostname: string; people: number }) => Promise<{
  lines: readonly string[];
  close: () => Promise<void>;
}>;

/** `bridgekit sandbox PRODUCT`: runs a stand-in for a product until stopped. */
export async function sandbox(product: SandboxProduct, options: SandboxOptions, io: CommandIo): Promise<void> {
  const name = PACKAGES[product];
  const { standIns } = (await import(findModule(name))) as SandboxModule;
  const start = standIns?.[product];
  if (!start) throw new UsageError(`The installed version of ${name} has no stand-in for ${product}; update it.`);
  const signal = io.stopSignal();
  const { port, host, people } = options;
  const { lines, close } = await start({ port, hostname: host, people });
  for (const line of lines) io.print(line);
  if (!signal.aborted) await once(signal, "abort");
  await close();
}

/** Resolves the package from the current folder, otherwise from where this command is installed. */
function findModule(name: string): string {
  for (const place of [join(process.cwd(), "package.json"), import.meta.url])
    try {
      return pathToFileURL(createRequire(place).resolve(`${name}/sandbox`)).href;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    }
  throw new UsageError(`The stand-in is part of ${name}, which is not installed here. Run \`npm install ${name}\`.`);
}
