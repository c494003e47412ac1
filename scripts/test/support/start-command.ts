import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../../packages/cli/bin/bridgekit.js", import.meta.url));

export interface StartedCommand {
  process: ChildProcess;
  /** What it printed, to both streams, and its exit code. */
  ended: Promise<{ code: number | null; output: string }>;
  /** Resolves with what the first group matches in its output; rejects if it ends before. */
  printed(pattern: RegExp): Promise<string>;
}

/** Starts `bridgekit` in a process of its own that sees only this environment. */
export function startCommand(args: readonly string[], env: NodeJS.ProcessEnv): StartedCommand {
  const child = spawn(process.execPath, [bin, ...args], { env: { PATH: process.env["PATH"], ...env } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, output }));
  return {
    process: child,
    ended,
    async printed(pattern) {
      for (;;) {
        const [, found] = pattern.exec(output) ?? [];
        if (found !== undefined) return found;
        const isOver = await Promise.race([once(child.stdout, "data").then(() => false), ended.then(() => true)]);
        if (isOver && !pattern.test(output)) throw new Error(`bridgekit ${args[0]} ended early:\n${output}`);
      }
    },
  };
}
