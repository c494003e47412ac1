import type { BenchServer } from "./start-server.ts";

export interface Measured {
  ratio: number;
  /** The figures behind the ratio. */
  text: string;
}

/** A measurement of a server against something in the same run. */
export interface ServerBench {
  limit: number;
  /** Whether the ratio has to stay at or below the limit; otherwise it has to reach it. */
  isAtMost: boolean;
  run(server: BenchServer, records: number): Promise<Measured>;
}
