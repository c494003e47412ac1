import { spawnSync } from "node:child_process";

/** Runs a command with visible output. Returns whether it succeeded. */
export function runCommand(command: string, args: readonly string[], cwd: string): boolean {
  console.log(`\n$ ${[command, ...args].join(" ")}`);
  const { status } = spawnSync(command, args, { cwd, stdio: "inherit", shell: process.platform === "win32" });
  return status === 0;
}
