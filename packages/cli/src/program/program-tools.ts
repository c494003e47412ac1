import type { CommandIo } from "../command-io.ts";

/** What the tables of commands share. */
export interface ProgramTools {
  io: CommandIo;
  /** Sets the exit code. */
  exit: (code: number) => void;
}
