import { spawnSync } from "node:child_process";
import { pnpm } from "./install.mjs";

export interface CommandResult {
  status: number;
  stdout: string;
  stderr: string;
}

/** Runs a command and answers what it wrote; throws only where it can't be started. */
export function ask(cwd: string, command: string, ...args: string[]): CommandResult {
  const { status, signal, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === "win32",
  });
  if (error) throw new Error(`"${command}" can't be run: ${error.message}`, { cause: error });
  // A process that was killed, as by a machine that has no memory left, says nothing itself.
  return status === null
    ? { status: 1, stdout, stderr: `${stderr}It was ended by ${signal}.\n` }
    : { status, stdout, stderr };
}

/** Runs a command and answers what it wrote to stdout. Throws with everything that it wrote where it fails. */
export function run(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr } = ask(cwd, command, ...args);
  if (status !== 0)
    throw new Error(`${[command, ...args].join(" ")} failed with code ${status}.\n${stdout}${stderr}`.trimEnd());
  return stdout;
}

/** Runs the pinned pnpm, which npm fetches where it isn't there. */
export function runPnpm(cwd: string, ...args: string[]): string {
  return run(cwd, "npx", "--yes", pnpm, ...args);
}
