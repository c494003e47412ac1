import { report } from "../report.ts";
import { startServer } from "../server/start-server.ts";
import { help, HELP_LIMIT_MILLISECONDS } from "./help.ts";
import { libraryMemory, LIBRARY_MEMORY_LIMIT } from "./library-memory.ts";
import { memory, MEMORY_LIMIT } from "./memory.ts";
import { overhead, OVERHEAD_LIMIT } from "./overhead.ts";
import { sync } from "./sync.ts";

const DEFAULT_RECORDS = {
  sync: 100_000,
  overhead: 100_000,
  "runner-memory": 1_000_000,
  "library-memory": 1_000_000,
  help: 0,
};
type RunnerBench = keyof typeof DEFAULT_RECORDS;

export const RUNNER_BENCHES: readonly string[] = Object.keys(DEFAULT_RECORDS);

export interface RunnerBenchOptions {
  /** Defaults to the size that the bench is meant for; `help` has none. */
  records: number | undefined;
  json: boolean;
}

/** Runs a bench of the runner or the command; returns whether all of its measurements hold. */
export async function runRunnerBench(name: string, { records, json }: RunnerBenchOptions): Promise<boolean> {
  const bench = name as RunnerBench;
  const count = records ?? DEFAULT_RECORDS[bench];
  switch (bench) {
    case "sync": {
      const holds: boolean[] = [];
      for await (const line of sync(count))
        holds.push(report({ ...line, backend: "postgres", isAtMost: false }, { json }));
      return holds.every(Boolean);
    }
    case "overhead": {
      const measured = await overhead(count);
      return report({ bench, backend: "none", measured, limit: OVERHEAD_LIMIT, isAtMost: true }, { json });
    }
    case "runner-memory": {
      await using server = await startServer("postgres");
      const measured = await memory(server, count);
      return report({ bench, backend: "postgres", measured, limit: MEMORY_LIMIT, isAtMost: true }, { json });
    }
    case "library-memory": {
      const measured = await libraryMemory(count);
      return report({ bench, backend: "none", measured, limit: LIBRARY_MEMORY_LIMIT, isAtMost: true }, { json });
    }
    case "help":
      return report(
        { bench, backend: "none", measured: help(), limit: HELP_LIMIT_MILLISECONDS, isAtMost: true },
        { json },
      );
  }
}
