import { runCommand } from "../../src/run-command.ts";

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  env?: NodeJS.ProcessEnv;
  fetch?: typeof globalThis.fetch;
  /** Width of the terminal; output is a pipe if absent. */
  columns?: number;
  signal?: AbortSignal;
}

/** Runs the real command in this process with its own environment and output. */
export async function runInProcess(
  args: readonly string[],
  { env = {}, fetch = globalThis.fetch, columns, signal = new AbortController().signal }: RunOptions = {},
): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  const code = await runCommand(args, {
    env,
    columns,
    fetch,
    print: (line) => void (stdout += `${line}\n`),
    warn: (line) => void (stderr += `${line}\n`),
    stopSignal: () => signal,
  });
  return { code, stdout, stderr };
}
