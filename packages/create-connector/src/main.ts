import manifest from "../package.json" with { type: "json" };
import { fileURLToPath } from "node:url";
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { toConnectorNames, UsageError } from "./connector-names.ts";
import { createInRepository } from "./create-in-repository.ts";
import { createStandalone } from "./create-standalone.ts";
import { isInRepository, readRanges } from "./ranges.ts";

/**
 * Creates a connector: in `connectors/` if run from the repository, otherwise in the current folder. Returns the exit code: 1 if
 * a command failed, 2 for wrong arguments.
 */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const ranges = readRanges();
    const isOurs = isInRepository(ranges);
    if (args.includes("--version")) {
      console.log(manifest.version);
      return 0;
    }
    if (args.includes("--help")) {
      console.log(`Creates a working connector, with a stand-in for its product and tests.\n\n  ${toUsage(isOurs)}`);
      return 0;
    }
    const { name, isInstalled } = readArguments(args, isOurs);
    const names = toConnectorNames(name);
    const next = isOurs
      ? createInRepository(fileURLToPath(new URL("../../../", import.meta.url)), names, ranges)
      : createStandalone({ parent: process.cwd(), names, ranges, isInstalled });
    console.log(next);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

function toUsage(isOurs: boolean): string {
  return isOurs ? "pnpm new connector NAME" : "npm create @bridgekit/connector NAME [-- --no-install]";
}

function readArguments(args: readonly string[], isOurs: boolean): { name: string; isInstalled: boolean } {
  const usage = toUsage(isOurs);
  // In the repository a connector that is not linked breaks the next command.
  const { values, positionals } = parse(args, usage, isOurs ? {} : { "no-install": { type: "boolean" } });
  const [name, ...rest] = positionals;
  if (name === undefined) throw new UsageError(`The name is missing, such as "help-desk". Use: ${usage}`);
  if (rest.length > 0)
    throw new UsageError(`Too many names; did you mean "${[name, ...rest].join("-")}"? Use: ${usage}`);
  return { name, isInstalled: values["no-install"] !== true };
}

function parse(args: readonly string[], usage: string, options: ParseArgsOptionsConfig) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    // Drop Node's hint about option values that begin with a hyphen; there are none.
    throw new UsageError(`${(error as Error).message.replace(/\. To specify.*$/s, "")}. Use: ${usage}`);
  }
}
