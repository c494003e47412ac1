import { CommanderError } from "commander";
import type { CommandIo } from "./command-io.ts";
import { toPlainLines } from "./output/to-plain.ts";
import { createProgram } from "./program/program.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Runs the command with these arguments. Returns the exit code: 0 done, 1 failed, 2 wrong usage or configuration, 3 an
 * operator has to look at it first.
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
    // Not at the top: help must not wait for it.
    const { isConfigError } = await import("@bridgekit/core/run");
    return isConfigError(error) ? 2 : 1;
  }
}

/** What went wrong, and what it was caused by where that is not said already. */
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
