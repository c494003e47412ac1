import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { createBridge } from "@bridgekit/server";
import { createDatabase, freePort } from "@bridgekit/test-postgres";
import { spawnServer } from "../../packages/fleet/test/soak/server-child.ts";
import { startStandIn } from "../../packages/fleet/test/support/stand-in.ts";
import { spawnWorker } from "../../packages/fleet/test/support/worker-child.ts";
import { childCoreSeconds } from "../core-seconds.ts";

const WORKERS = [1, 2, 4];
const APPS = 120;
/** So many that the workers, not the tick, are the limit. */
const CAPACITY = 16;
const SECONDS = 20;

interface SyncRate {
  workers: number;
  perSecond: number;
  /** Of the workers, the Bridge and PostgreSQL together, for each sync. */
  coreSeconds: number;
}

/** What the syncs of apps cost that are always due and have nothing new, once every process is warm. */
export async function measureSyncs(postgresUrl: string, progress: (what: string) => void): Promise<SyncRate[]> {
  const { url } = await createDatabase(postgresUrl);
  const bridge = await createBridge({ database: { kind: "postgres", url } });
  await bridge.createOrg("acme");
  const { key: apiKey } = await bridge.createKey({ org: "acme", name: "bench", role: "admin" });
  await bridge.close();
  const port = await freePort();
  const server = spawnServer(url, port);
  await once(server.stdout, "data");
  const org = { url: `http://127.0.0.1:${port}/org/acme`, apiKey };
  const rates: SyncRate[] = [];
  for (const workers of WORKERS) {
    progress(`${workers} workers`);
    rates.push(await measure(postgresUrl, org, workers));
  }
  server.kill("SIGKILL");
  return rates;
}

async function measure(postgresUrl: string, org: { url: string; apiKey: string }, count: number): Promise<SyncRate> {
  const { url: databaseUrl } = await createDatabase(postgresUrl);
  await using standIn = await startStandIn();
  const keys = Array.from({ length: APPS }, (_, index) => `app${index}`);
  const options = { databaseUrl, org, standInUrl: standIn.url, keys, every: 0, capacity: CAPACITY, timing: {} };
  const workers = Array.from({ length: count }, () => spawnWorker({ ...options, graceSeconds: 0 }));
  const readsOf = (key: string) => standIn.of(key).reads.length;
  const reads = () => keys.reduce((sum, key) => sum + readsOf(key), 0);
  // The first syncs create the apps and compile the code.
  while (keys.some((key) => readsOf(key) < 2)) await sleep(50);
  const before = { reads: reads(), coreSeconds: childCoreSeconds(), at: performance.now() };
  await sleep(SECONDS * 1000);
  const syncs = reads() - before.reads;
  const seconds = (performance.now() - before.at) / 1000;
  const coreSeconds = childCoreSeconds() - before.coreSeconds;
  for (const worker of workers) worker.kill("SIGKILL");
  return { workers: count, perSecond: syncs / seconds, coreSeconds: coreSeconds / syncs };
}
