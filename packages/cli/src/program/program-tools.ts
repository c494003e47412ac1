import type { CommandIo } from "../command-io.ts";

/** Passed to every function that adds commands. */
export interface ProgramTools {
  io: CommandIo;
  /** Sets the exit code. */
  exit: (code: number) => void;
}
