/**
 * The embedded database can't be used again, so the process has to end. This class has its own file because the
 * package's declarations name it: those of the engine would require PGlite's types, which need a browser's.
 */
export class DatabaseFailure extends Error {
  override readonly name = "DatabaseFailure";
}
