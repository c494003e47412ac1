import { CommanderError } from "commander";
import { createProgram } from "./program.ts";

// 0 done, 1 failed, 2 wrong usage or configuration, 3 an operator has to look at it first.
const program = createProgram((code) => {
  process.exitCode = code;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    console.error(error instanceof Error ? error.message : String(error));
    // Not at the top: help must not wait for it.
    const { isConfigError } = await import("@bridgekit/core");
    process.exitCode = isConfigError(error) ? 2 : 1;
  }
}
