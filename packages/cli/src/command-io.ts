/** The environment of a command; tests pass their own. */
export interface CommandIo {
  env: NodeJS.ProcessEnv;
  /** Writes a line to standard output. */
  print(line: string): void;
  /** Writes a line to standard error. */
  warn(line: string): void;
  /** Width of the terminal; undefined if standard output is not a terminal. */
  columns: number | undefined;
  /** For calls to the Bridge. */
  fetch: typeof globalThis.fetch;
  /** Aborts on the first SIGINT or SIGTERM; a second one ends the process at once. */
  stopSignal(): AbortSignal;
}

export const processIo: CommandIo = {
  env: process.env,
  print: (line) => void process.stdout.write(`${line}\n`),
  warn: (line) => void process.stderr.write(`${line}\n`),
  get columns() {
    return process.stdout.isTTY ? process.stdout.columns : undefined;
  },
  fetch: (input, init) => globalThis.fetch(input, init),
  stopSignal() {
    const controller = new AbortController();
    for (const name of ["SIGINT", "SIGTERM"] as const)
      process.on(name, () => {
        if (controller.signal.aborted) process.exit(1);
        controller.abort(new Error(`stopped by ${name}`));
      });
    return controller.signal;
  },
};
