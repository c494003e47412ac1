import { fileURLToPath } from "node:url";
import { startChild } from "../child.ts";
import type { Measured } from "../report.ts";
import type { RunTarget, RunTimes } from "./measured-run.ts";

export const OVERHEAD_LIMIT = 1.1;

const ROUNDS = 5;
const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Compares `runSync` with a hand-written loop of `fetch`, with as many pages in flight and the same records from memory, in
 * turns and in separate processes. The Bridge responds at once, so that nothing hides the cost of the runner.
 */
export async function overhead(accounts: number): Promise<Measured> {
  await using bridge = await startChild<{ url: string }>(process.execPath, [file("./bare-bridge-process.ts")]);
  const target = { url: bridge.line.url, key: "bench", app: "00000000-0000-4000-8000-000000000001", accounts };
  const own: RunTimes[] = [];
  const loop: RunTimes[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    loop.push(await run("./loop-process.ts", target));
    own.push(await run("./run-sync-process.ts", target));
  }
  const text = `runSync ${describe(own)}, the loop ${describe(loop)}, ${accounts} accounts, medians of ${ROUNDS}`;
  return { ratio: median(own, "seconds") / median(loop, "seconds"), text };
}

async function run(name: string, { url, key, app, accounts }: RunTarget): Promise<RunTimes> {
  await using child = await startChild<RunTimes>(process.execPath, [file(name), url, key, app, String(accounts)]);
  return child.line;
}

function median(runs: readonly RunTimes[], field: "seconds" | "cpuSeconds"): number {
  return runs.map((times) => times[field]).sort((a, b) => a - b)[Math.floor(runs.length / 2)]!;
}

const describe = (runs: readonly RunTimes[]) =>
  `${median(runs, "seconds").toFixed(2)} s (${median(runs, "cpuSeconds").toFixed(2)} s of the processor)`;
