import { spawnSync } from "node:child_process";

/** Runs a command of the package manager with its output shown; answers whether it went well. */
export function runCommand(command: string, args: readonly string[], cwd: string): boolean {
  console.log(`\n$ ${[command, ...args].join(" ")}`);
  const { status } = spawnSync(command, args, { cwd, stdio: "inherit", shell: process.platform === "win32" });
  return status === 0;
}
