import type { Redact } from "@bridgekit/core";
import { createJsonReporter } from "./json-reporter.ts";
import { createPlainReporter } from "./plain-reporter.ts";
import type { Reporter, RunReporter } from "./reporter.ts";

/** JSON where it is asked for, a live display on a terminal, plain lines elsewhere. */
export async function createReporter({ json }: { json?: boolean | undefined }, redact: Redact): Promise<Reporter> {
  const write = (line: string) => void process.stdout.write(`${redact(line)}\n`);
  if (json) return createJsonReporter(write);
  if (!process.stdout.isTTY) return createPlainReporter(write);
  const { createTerminalReporter } = await import("./terminal-reporter.ts");
  return createTerminalReporter(process.stdout, redact);
}

/** For `bridgekit run`: a live display on a terminal, a structured log where there is none or JSON is asked for. */
export async function createRunReporter(
  { json, logLevel }: { json?: boolean | undefined; logLevel: string },
  redact: Redact,
): Promise<RunReporter> {
  if (!json && process.stdout.isTTY) {
    const { createTerminalReporter } = await import("./terminal-reporter.ts");
    return createTerminalReporter(process.stdout, redact);
  }
  const { createLogReporter } = await import("./log-reporter.ts");
  return createLogReporter({ level: logLevel, redact });
}
