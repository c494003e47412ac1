import { fileURLToPath } from "node:url";
import { createClient } from "@bridgekit/client";
import { openDatabase, runAlone, startWorker, type AloneJob, type FleetTiming } from "../../src/index.ts";
import { endWithParent, spawnFile } from "./child-process.ts";
import { toFleetApp } from "./fleet-app.ts";

/** What a worker in a process of its own is told. */
export interface ChildOptions {
  databaseUrl: string;
  org: { url: string; apiKey: string };
  standInUrl: string;
  keys: readonly string[];
  every: number;
  capacity: number;
  timing: Partial<FleetTiming>;
  graceSeconds: number;
  /** How far the clock of its machine is ahead. */
  clockAheadMs?: number;
  /** Only this job. */
  alone?: AloneJob;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(JSON.parse(process.argv[2]!) as ChildOptions);

async function main(options: ChildOptions): Promise<void> {
  const { databaseUrl, org, standInUrl, keys, every, capacity, timing, graceSeconds, alone } = options;
  endWithParent();
  setClock(options.clockAheadMs ?? 0);
  const client = createClient({ baseUrl: org.url, apiKey: org.apiKey });
  const database = await openDatabase({ url: databaseUrl, onError: () => {} });
  const standIn = { url: standInUrl };
  const apps = keys.map((key) => toFleetApp({ org: { url: org.url, client }, key, standIn, every }));
  const common = { database, apps, orgs: [{ url: org.url, bridge: client }], timing };
  const stop = new AbortController();
  process.on("SIGTERM", () => stop.abort());
  if (alone) {
    await runAlone(common, alone, stop.signal);
    process.exit(0);
  }
  const worker = await startWorker({
    ...common,
    capacity,
    die: () => process.kill(process.pid, "SIGKILL"),
    isolate: (job, signal) => runProcess({ ...options, alone: job }, signal),
  });
  process.stdout.write(`${worker.id}\n`);
  const stopped = new Promise<void>((resolve) => stop.signal.addEventListener("abort", () => resolve()));
  await Promise.race([stopped, worker.whenAskedToDrain]);
  await worker.drain(graceSeconds);
  await database.close();
  process.exit(0);
}

function setClock(aheadMs: number): void {
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...given: [] | [string | number | Date]) {
      super(...((given.length === 0 ? [RealDate.now() + aheadMs] : given) as [number]));
    }
    static override now = () => RealDate.now() + aheadMs;
  } as DateConstructor;
}

function runProcess(options: ChildOptions, signal: AbortSignal): Promise<void> {
  const child = spawnWorker(options);
  signal.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
  return new Promise((resolve) => child.once("exit", () => resolve()));
}

/** Starts a worker in a process of its own. It prints its id once it has started. */
export function spawnWorker(options: ChildOptions, errors: "inherit" | "ignore" = "inherit") {
  return spawnFile(fileURLToPath(import.meta.url), [JSON.stringify(options)], errors);
}
