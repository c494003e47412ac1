import type { Redact } from "@bridgekit/core/run";
import type { CommandIo } from "../command-io.ts";
import { createJsonReporter } from "./json-reporter.ts";
import { createPlainReporter } from "./plain-reporter.ts";
import type { Reporter, RunReporter } from "./reporter.ts";

interface OutputOptions {
  json?: boolean | undefined;
  /** What connectors log is shown as well. */
  verbose?: boolean | undefined;
}

/** JSON where it is asked for, a live display on a terminal, plain lines elsewhere. */
export async function createReporter({ json }: OutputOptions, redact: Redact, io: CommandIo): Promise<Reporter> {
  const write = (line: string) => io.print(redact(line));
  if (json) return createJsonReporter(write);
  if (io.columns === undefined) return createPlainReporter(write);
  const { createTerminalReporter } = await import("./terminal-reporter.ts");
  return createTerminalReporter(process.stdout, { redact });
}

/** For `bridgekit run`: a live display on a terminal, a structured log where there is none or JSON is asked for. */
export async function createRunReporter(
  { json, verbose, logLevel }: OutputOptions & { logLevel: string },
  redact: Redact,
  io: CommandIo,
): Promise<RunReporter> {
  if (!json && io.columns !== undefined) {
    const { createTerminalReporter } = await import("./terminal-reporter.ts");
    return createTerminalReporter(process.stdout, { redact, isVerbose: verbose });
  }
  const { createLogReporter } = await import("./log-reporter.ts");
  return createLogReporter({ level: logLevel, redact, isVerbose: verbose });
}
