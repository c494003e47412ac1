import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A process of a bench and the first line of JSON that it prints. */
export interface Child<Line> extends AsyncDisposable {
  line: Line;
  process: ChildProcess;
}

/** Starts a process and waits for its first line, which is JSON. Its stderr goes to ours. */
export async function startChild<Line>(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Child<Line>> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...env } });
  // A signal that ends us must not leave it behind, and nobody would wait for it then.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = once(child, "exit").finally(() => process.off("exit", kill));
  const first = once(createInterface({ input: child.stdout }), "line") as Promise<[string]>;
  const line = await Promise.race([
    first.then(([text]) => JSON.parse(text) as Line),
    ended.then(([code]) => {
      throw new Error(`${command} ${args[0]} ended with ${String(code)} before it printed a line`);
    }),
  ]);
  return {
    line,
    process: child,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
