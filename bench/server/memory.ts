import type { Measured } from "../report.ts";
import { reconcileFirst } from "./reconcile.ts";
import { type Backend, startServer } from "./start-server.ts";

export const MEMORY_LIMIT = 1.2;

/** Compares the peak memory of a server with all records and of another with a tenth of them. */
export async function memory(backend: Backend, records: number): Promise<Measured> {
  const small = await peakWith(backend, Math.round(records / 10));
  const large = await peakWith(backend, records);
  const text = `${large.toFixed(0)} MB for ${records} accounts, ${small.toFixed(0)} MB for a tenth of them`;
  return { ratio: large / small, text };
}

async function peakWith(backend: Backend, records: number): Promise<number> {
  await using server = await startServer(backend);
  await reconcileFirst(server, records);
  return server.peakMegabytes();
}
