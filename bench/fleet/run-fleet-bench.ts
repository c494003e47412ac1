import { createDatabase, startPostgres } from "@bridgekit/test-postgres";
import { openDatabase } from "../../packages/fleet/src/index.ts";
import { dueStatement } from "../../packages/fleet/src/tick/queue-due.ts";
import { addRows } from "../../packages/fleet/test/support/add-rows.ts";
import { measureLimits } from "./measure-limits.ts";
import { measureSyncs } from "./measure-syncs.ts";

const ROWS = 100_000;
const MOST_TICK_MS = 1000;

/** `pnpm bench fleet`: syncs per second of due apps with nothing new, and what one costs; the tick at 100,000 rows. */
export async function runFleetBench({ json }: { json: boolean }): Promise<boolean> {
  const postgres = await startPostgres({ isDurable: true });
  try {
    progress("the tick");
    const tickMs = await measureTick(postgres.url);
    progress("shared rate limits");
    const limits = await measureLimits(postgres.url);
    const rates = await measureSyncs(postgres.url, progress);
    if (json) console.log(JSON.stringify({ tickMs, limits, rates }));
    else {
      console.log(`tick at ${ROWS} apps, 1 in 100 due: ${Math.round(tickMs)} ms`);
      console.log(
        `shared rate limit: ${limits.callsPerSecond.toFixed(0)} calls/s of three clones, ` +
          `${limits.leasesPerCall.toFixed(2)} statements a call of ${limits.leaseMs.toFixed(1)} ms; ` +
          `a call waits ${limits.waitMs.toFixed(1)} ms for the database on average`,
      );
      for (const { workers, perSecond, coreSeconds } of rates)
        console.log(
          `${workers} workers: ${perSecond.toFixed(1)} syncs/s, ${(perSecond / rates[0]!.perSecond).toFixed(2)} times one; ` +
            `${coreSeconds.toFixed(3)} core-seconds each`,
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
