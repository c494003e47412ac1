import type { Measured } from "../report.ts";
import { makeApp } from "../server/load.ts";
import type { BenchServer } from "../server/start-server.ts";
import { runCommand } from "./run-command.ts";
import { startSystem } from "./start-system.ts";

export const MEMORY_LIMIT = 1.15;

/** Compares the peak memory of `bridgekit sync` with all records and with a tenth of them. */
export async function memory(server: BenchServer, records: number): Promise<Measured> {
  const small = await peakWith(server, Math.round(records / 10));
  const large = await peakWith(server, records);
  const text = `${large.toFixed(0)} MB for ${records} accounts, ${small.toFixed(0)} MB for a tenth of them`;
  return { ratio: large / small, text };
}

async function peakWith(server: BenchServer, records: number): Promise<number> {
  await using system = await startSystem(records);
  const app = await makeApp(server);
  return (await runCommand({ url: server.url, key: server.key, app, systemUrl: system.line.url })).peakMegabytes;
}
