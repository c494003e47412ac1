import type { Redact } from "@bridgekit/core/run";
import type { CommandIo } from "../command-io.ts";
import { createJsonReporter } from "./json-reporter.ts";
import { createPlainReporter } from "./plain-reporter.ts";
import type { Reporter, RunReporter } from "./reporter.ts";

interface OutputOptions {
  json?: boolean | undefined;
  /** Shows what connectors log. */
  verbose?: boolean | undefined;
}

/** Returns a reporter for JSON if requested, otherwise a live display on a terminal, otherwise plain lines. */
export async function createReporter({ json }: OutputOptions, redact: Redact, io: CommandIo): Promise<Reporter> {
  const write = (line: string) => io.print(redact(line));
  if (json) return createJsonReporter(write);
  if (io.columns === undefined) return createPlainReporter(write);
  const { createTerminalReporter } = await import("./terminal-reporter.ts");
  return createTerminalReporter(process.stdout, { redact });
}

/** Returns the reporter of `bridgekit run`: a live display on a terminal, otherwise a structured log. */
export async function createRunReporter(
  { json, verbose, logLevel }: OutputOptions & { logLevel: string },
  redact: Redact,
  io: CommandIo,
): Promise<RunReporter> {
  if (!json && io.columns !== undefined) {
    const { createTerminalReporter } = await import("./terminal-reporter.ts");
    return createTerminalReporter(process.stdout, { redact, isVerbose: verbose });
  }
  const { openLogReporter } = await import("./log-reporter.ts");
  return openLogReporter({ level: logLevel, redact, isVerbose: verbose });
}
