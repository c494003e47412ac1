import { setTimeout as sleep } from "node:timers/promises";
import { createBridge } from "@bridgekit/server";
import { createDatabase, freePort, startPostgres } from "@bridgekit/test-postgres";
import { once } from "node:events";
import { openDatabase } from "../../packages/fleet/src/index.ts";
import { dueStatement } from "../../packages/fleet/src/tick/queue-due.ts";
import { spawnServer } from "../../packages/fleet/test/soak/server-child.ts";
import { addRows } from "../../packages/fleet/test/support/add-rows.ts";
import { startStandIn } from "../../packages/fleet/test/support/stand-in.ts";
import { measureLimits } from "./measure-limits.ts";
import { spawnWorker } from "../../packages/fleet/test/support/worker-child.ts";

const APPS = 60;
const WORKERS = [1, 2, 4];
const ROWS = 100_000;
const MOST_TICK_MS = 1000;

/** `pnpm bench fleet`: syncs per second of due apps with nothing new, by the number of workers; the tick at 100,000 rows. */
export async function runFleetBench({ json }: { json: boolean }): Promise<boolean> {
  const postgres = await startPostgres({ isDurable: true });
  try {
    progress("the tick");
    const tickMs = await measureTick(postgres.url);
    progress("shared rate limits");
    const limits = await measureLimits(postgres.url);
    const rates = await measureWorkers(postgres.url);
    if (json) console.log(JSON.stringify({ tickMs, limits, rates }));
    else {
      console.log(`tick at ${ROWS} apps, 1 in 100 due: ${Math.round(tickMs)} ms`);
      console.log(
        `shared rate limit: ${limits.callsPerSecond.toFixed(0)} calls/s of three clones, ` +
          `${limits.leasesPerCall.toFixed(2)} statements a call of ${limits.leaseMs.toFixed(1)} ms; ` +
          `a call waits ${limits.waitMs.toFixed(1)} ms for the database on average`,
      );
      for (const { workers, perSecond } of rates)
        console.log(
          `${workers} workers: ${perSecond.toFixed(1)} syncs/s, ${(perSecond / rates[0]!.perSecond).toFixed(2)} times one`,
        );
    }
    return tickMs < MOST_TICK_MS;
  } finally {
    await postgres.stop();
  }
}

function progress(what: string): void {
  console.error(`measures ${what}`);
}

/** The median time of the statement that chooses what is due. */
async function measureTick(postgresUrl: string): Promise<number> {
  const database = await openDatabase({ url: (await createDatabase(postgresUrl)).url, onError: () => {} });
  await addRows(database, { org: "https://bridge.example.com/org/acme", count: ROWS, dueIn: [-36, 3564], hosts: 200 });
  const times: number[] = [];
  for (let n = 0; n < 5; n++) {
    const started = performance.now();
    await dueStatement("default", 64).execute(database.kysely);
    times.push(performance.now() - started);
  }
  await database.close();
  return times.toSorted((one, other) => one - other)[2]!;
}

async function measureWorkers(postgresUrl: string): Promise<{ workers: number; perSecond: number }[]> {
  const { url } = await createDatabase(postgresUrl);
  const bridge = await createBridge({ database: { kind: "postgres", url } });
  await bridge.createOrg("acme");
  const { key: apiKey } = await bridge.createKey({ org: "acme", name: "bench", role: "admin" });
  await bridge.close();
  const port = await freePort();
  const server = spawnServer(url, port);
  await once(server.stdout, "data");
  const org = { url: `http://127.0.0.1:${port}/org/acme`, apiKey };
  const rates: { workers: number; perSecond: number }[] = [];
  // The first round creates the apps; what it takes does not count.
  for (const workers of [1, ...WORKERS]) {
    progress(`${workers} workers`);
    rates.push({ workers, perSecond: await measure(postgresUrl, org, workers) });
  }
  server.kill("SIGKILL");
  return rates.slice(1);
}

async function measure(postgresUrl: string, org: { url: string; apiKey: string }, count: number): Promise<number> {
  const { url: databaseUrl } = await createDatabase(postgresUrl);
  await using standIn = await startStandIn();
  const keys = Array.from({ length: APPS }, (_, index) => `app${index}`);
  const options = {
    databaseUrl,
    org,
    standInUrl: standIn.url,
    keys,
    every: 3600,
    capacity: 4,
    timing: {},
    graceSeconds: 0,
  };
  const workers = Array.from({ length: count }, () => spawnWorker(options));
  const readsOf = () => keys.flatMap((key) => standIn.of(key).reads);
  while (readsOf().length < APPS) await sleep(50);
  for (const worker of workers) worker.kill("SIGKILL");
  const reads = readsOf();
  return ((APPS - 1) * 1000) / (Math.max(...reads) - Math.min(...reads));
}
