import { report, type Measured } from "../report.ts";
import type { ServerBench } from "./bench.ts";
import { reconcile } from "./reconcile.ts";
import { ingest } from "./ingest.ts";
import { members } from "./members.ts";
import { memory, MEMORY_LIMIT } from "./memory.ts";
import { resync } from "./resync.ts";
import { type Backend, BACKENDS, startServer } from "./start-server.ts";
import { tasks } from "./tasks.ts";

const BENCHES = { ingest, reconcile, resync, members, tasks } satisfies Record<string, ServerBench>;

export const SERVER_BENCHES = [...Object.keys(BENCHES), "memory"] as const;

export interface ServerBenchOptions {
  /** Defaults to a size for each backend: PGlite is one thread in the server's process. */
  records: number | undefined;
  json: boolean;
  backend: Backend | undefined;
}

const DEFAULT_RECORDS: Record<Backend, number> = { postgres: 1_000_000, pglite: 100_000 };

/** Runs a bench on both backends; returns whether it holds on PostgreSQL. */
export async function runServerBench(name: string, { records, json, backend }: ServerBenchOptions): Promise<boolean> {
  let isGood = true;
  for (const kind of backend === undefined ? BACKENDS : [backend]) {
    const count = records ?? DEFAULT_RECORDS[kind];
    const { measured, limit, isAtMost } = await measure(name, kind, count);
    const holds = report({ bench: name, backend: kind, measured, limit, isAtMost }, { json });
    if (kind === "postgres") isGood = holds;
  }
  return isGood;
}

async function measure(
  name: string,
  backend: Backend,
  records: number,
): Promise<{ measured: Measured; limit: number; isAtMost: boolean }> {
  if (name === "memory") return { measured: await memory(backend, records), limit: MEMORY_LIMIT, isAtMost: true };
  const bench: ServerBench = BENCHES[name as keyof typeof BENCHES];
  await using server = await startServer(backend);
  return { measured: await bench.run(server, records), limit: bench.limit, isAtMost: bench.isAtMost };
}
