import { spawn } from "node:child_process";

/** Starts a file of ours in a process of its own that calls `endWithParent`. */
export function spawnFile(file: string, args: readonly string[], errors: "inherit" | "ignore") {
  return spawn(process.execPath, [file, ...args], { stdio: ["pipe", "pipe", errors] });
}

/** Ends this process once the one that started it has ended, however it did: its end of the pipe closes. */
export function endWithParent(): void {
  process.stdin.on("end", () => process.exit()).resume();
}
