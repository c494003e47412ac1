import type { Limit, Measured } from "../report.ts";
import type { BenchServer } from "./start-server.ts";

/** A measurement of a server compared with something in the same run. */
export interface ServerBench extends Limit {
  run(server: BenchServer, records: number): Promise<Measured>;
}
