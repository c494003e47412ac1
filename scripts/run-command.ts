import { spawnSync } from "node:child_process";
import { pnpm } from "./install.mjs";

export interface CommandResult {
  status: number;
  stdout: string;
  stderr: string;
}

/** Runs a command and returns its output; throws only if it can't be started. */
export function ask(cwd: string, command: string, ...args: string[]): CommandResult {
  const { status, signal, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === "win32",
  });
  if (error) throw new Error(`"${command}" can't be run: ${error.message}`, { cause: error });
  // A killed process, such as on a machine out of memory, prints nothing itself.
  return status === null
    ? { status: 1, stdout, stderr: `${stderr}It was ended by ${signal}.\n` }
    : { status, stdout, stderr };
}

/** Runs a command and returns its stdout. Throws with all of its output if it fails. */
export function run(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr } = ask(cwd, command, ...args);
  if (status !== 0)
    throw new Error(`${[command, ...args].join(" ")} failed with code ${status}.\n${stdout}${stderr}`.trimEnd());
  return stdout;
}

/** Runs the pinned pnpm, which npx fetches if necessary. */
export function runPnpm(cwd: string, ...args: string[]): string {
  return run(cwd, "npx", "--yes", pnpm, ...args);
}
