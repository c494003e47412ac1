/**
 * The embedded database can't be used again, so the process has to end. This class has its own file because the
 * package's declarations name it: those of the engine would require PGlite's types, which need a browser's.
 */
export class DatabaseFailure extends Error {
  override readonly name = "DatabaseFailure";
}

// Of WASI, whatever the system. PGlite's file system throws objects that have a number and no message.
const REASONS: Readonly<Record<number, string>> = {
  2: "permission denied",
  19: "the disk quota is exceeded",
  29: "input/output error",
  51: "no space left on the disk",
  69: "the file system is read-only",
};

/** What PGlite threw as an error with a message. */
export function toError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  const { errno } = (thrown ?? {}) as { errno?: unknown };
  return new Error(typeof errno === "number" ? (REASONS[errno] ?? `file error ${errno}`) : String(thrown));
}

/** What to do about a reason. */
export function adviseOn({ message }: Error): string {
  return /no space|disk|quota/i.test(message)
    ? "Make room on the disk, then start the Bridge again"
    : "Start the Bridge again";
}
