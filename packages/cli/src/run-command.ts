import { CommanderError } from "commander";
import type { CommandIo } from "./command-io.ts";
import { toPlainLines } from "./output/to-plain.ts";
import { createProgram } from "./program/program.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Runs the command with these arguments. Returns the exit code: 0 done, 1 failed, 2 wrong usage or configuration, 3
 * held for an operator, 4 partial several times for the same reason.
 */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<number> {
  let exitCode = 0;
  const program = createProgram(io, (code) => void (exitCode = code));
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    for (const line of describe(error)) io.warn(toPlainLines(line));
    if (error instanceof UsageError) return 2;
    // Imported here to keep `--help` fast.
    const { isConfigError } = await import("@bridgekit/core/run");
    return isConfigError(error) ? 2 : 1;
  }
}

/** The error's message and those of its causes that add something. */
function describe(error: unknown): string[] {
  const lines = [error instanceof Error ? error.message : String(error)];
  for (let cause = toCause(error); cause !== undefined && lines.length < 4; cause = toCause(cause)) {
    const { message } = cause;
    if (message !== "" && !lines.some((line) => line.includes(message))) lines.push(`  caused by: ${message}`);
  }
  return lines;
}

function toCause(error: unknown): Error | undefined {
  return error instanceof Error && error.cause instanceof Error ? error.cause : undefined;
}
