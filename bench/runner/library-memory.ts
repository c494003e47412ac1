import { fileURLToPath } from "node:url";
import { startChild } from "../child.ts";
import type { Measured } from "../report.ts";
import type { RunTimes } from "./measured-run.ts";

export const LIBRARY_MEMORY_LIMIT = 0.7;

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Compares the peak memory of a process that calls `runSync` with all records after `keepHeapSmall` with one that leaves the
 * heap to V8. Also reports a hand-written loop of `fetch`: most of the growth is garbage of `fetch` and JSON.
 */
export async function libraryMemory(accounts: number): Promise<Measured> {
  await using bridge = await startChild<{ url: string }>(process.execPath, [file("./bare-bridge-process.ts")]);
  const { url } = bridge.line;
  const peakOf = async (name: string, ...more: string[]) => {
    const args = [url, "bench", "00000000-0000-4000-8000-000000000001", String(accounts), ...more];
    await using child = await startChild<RunTimes>(process.execPath, [file(name), ...args]);
    return child.line.peakMegabytes ?? NaN;
  };
  const loop = await peakOf("./loop-process.ts");
  const free = await peakOf("./run-sync-process.ts");
  const small = await peakOf("./run-sync-process.ts", "small-heap");
  const figures = [small, free, loop].map((peak) => peak.toFixed(0));
  const text = `runSync ${figures[0]} MB with a small heap, ${figures[1]} MB without, the loop ${figures[2]} MB, ${accounts} accounts`;
  return { ratio: small / free, text };
}
