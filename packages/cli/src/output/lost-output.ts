/** Ends the command once its output can't be written, instead of working for nobody or leaving half of a file. */
export function endWithoutOutput(): void {
  process.stdout.on("error", end);
  process.stderr.on("error", ignore);
}

/** For a process that has more to do than to print. */
export function goOnWithoutOutput(): void {
  process.stdout.off("error", end);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignore);
}

function end({ code, message }: NodeJS.ErrnoException): never {
  // Whoever reads the output, such as `head`, has enough of it.
  if (code === "EPIPE") process.exit(0);
  process.stderr.write(`The output could not be written, so it is not complete: ${message}.\n`);
  process.exit(1);
}

function ignore(): void {}
