import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../bin/bridgekit.js", import.meta.url));
export const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}.config.ts`, import.meta.url));

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  process: ChildProcess;
  finished: Promise<Finished>;
  /** Waits for a line of output that `test` accepts. */
  line(accept: (line: string) => boolean): Promise<string>;
  /** Sends SIGKILL and waits for the exit. */
  kill(): Promise<void>;
}

/** Starts the real command in its own process. */
export function startBridgeCommand(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [bin, ...args], { env: { ...process.env, ...env } });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (stderr += String(chunk)));
  const lines = createInterface({ input: child.stdout });
  const seen: string[] = [];
  lines.on("line", (line) => seen.push(line));
  const finished = once(child, "close").then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return {
    process: child,
    finished,
    async line(accept) {
      for (;;) {
        const found = seen.find(accept);
        if (found !== undefined) return found;
        const ended = await Promise.race([once(lines, "line").then(() => false), finished.then(() => true)]);
        if (ended && !seen.some(accept))
          throw new Error(`bridge ${args[0]} ended without that line:\n${stdout}${stderr}`);
      }
    },
    async kill() {
      child.kill("SIGKILL");
      await finished;
    },
  };
}

export const runBridgeCommand = (args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Finished> =>
  startBridgeCommand(args, env).finished;

export interface Up extends Running {
  url: string;
  key: string | null;
}

/** Starts `bridgekit up` and waits until it is ready. */
export async function bridgeUp(dataDir: string, port = 0): Promise<Up> {
  const running = startBridgeCommand(["up", "--json", "--port", String(port), "--data", dataDir]);
  const { url, key } = JSON.parse(await running.line((line) => line.startsWith("{"))) as {
    url: string;
    key: string | null;
  };
  return { ...running, url, key };
}
