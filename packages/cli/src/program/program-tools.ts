import type { Command } from "commander";
import type { CommandIo } from "../command-io.ts";

/** Passed to every function that adds commands. */
export interface ProgramTools {
  io: CommandIo;
  /** Sets the exit code. */
  exit: (code: number) => void;
}

export function withReason(command: Command): Command {
  return command.option("--reason <text>", "why, for the audit trail, which keeps it for good: name a ticket");
}
