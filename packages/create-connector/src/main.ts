import manifest from "../package.json" with { type: "json" };
import { fileURLToPath } from "node:url";
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { toConnectorNames } from "./connector-names.ts";
import { createInRepository } from "./create-in-repository.ts";
import { createStandalone } from "./create-standalone.ts";
import { isInRepository, readRanges } from "./ranges.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Makes a connector: in `connectors/` where this runs from the repository, else in the current folder. Answers the exit
 * code: 1 where a command failed, 2 where the wrong thing was asked for.
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
      console.log(`Makes a connector that works, with a stand-in for its system and tests.\n\n  ${toUsage(isOurs)}`);
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
  // In the repository a connector that is not linked in would break the next command.
  const { values, positionals } = parse(args, usage, isOurs ? {} : { "no-install": { type: "boolean" } });
  const [name, ...rest] = positionals;
  if (name === undefined) throw new UsageError(`What is the connector to be called? ${usage}, such as "help-desk".`);
  if (rest.length > 0) throw new UsageError(`One name is enough: ${[name, ...rest].join("-")}? ${usage}`);
  return { name, isInstalled: values["no-install"] !== true };
}

function parse(args: readonly string[], usage: string, options: ParseArgsOptionsConfig) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    // What Node adds is about options whose values begin with a hyphen; there is none.
    throw new UsageError(`${(error as Error).message.replace(/\. To specify.*$/s, "")}. Use: ${usage}`);
  }
}
