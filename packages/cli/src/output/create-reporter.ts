import { createJsonReporter } from "./json-reporter.ts";
import { createPlainReporter } from "./plain-reporter.ts";
import type { Reporter } from "./reporter.ts";

/** JSON where it is asked for, a live display on a terminal, plain lines elsewhere. */
export async function createReporter({ json }: { json?: boolean | undefined }): Promise<Reporter> {
  const write = (line: string) => void process.stdout.write(`${line}\n`);
  if (json) return createJsonReporter(write);
  if (!process.stdout.isTTY) return createPlainReporter(write);
  const { createTerminalReporter } = await import("./terminal-reporter.ts");
  return createTerminalReporter(process.stdout);
}
