import { runCommand } from "../../src/run-command.ts";

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  env?: NodeJS.ProcessEnv;
  fetch?: typeof globalThis.fetch;
  /** Of the terminal; a pipe where absent. */
  columns?: number;
  signal?: AbortSignal;
}

/** Runs the command in this process: as the real one, with another environment and output. */
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
