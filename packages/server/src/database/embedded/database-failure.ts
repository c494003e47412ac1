/**
 * The embedded database can't be used again; the process has to end. Apart from the engine: what the package declares names
 * it, and would otherwise ask its users for the types of PGlite, which need those of a browser.
 */
export class DatabaseFailure extends Error {
  override readonly name = "DatabaseFailure";
}
