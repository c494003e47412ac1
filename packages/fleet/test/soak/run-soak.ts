import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@bridgekit/client";
import { createBridge } from "@bridgekit/server";
import { createDatabase, freePort, startPostgres } from "@bridgekit/test-postgres";
import { openDatabase, openFleet, type Fleet, type FleetTiming } from "../../src/index.ts";
import { DEFAULT_TIMING } from "../../src/timing.ts";
import { startStandIn } from "../support/stand-in.ts";
import { spawnWorker } from "../support/worker-child.ts";
import { judge, type Judgement } from "./judge.ts";
import { Processes } from "./processes.ts";
import { spawnServer } from "./server-child.ts";
import { type Proxy, startProxy } from "./start-proxy.ts";
import { createLife } from "./upstream-life.ts";

export interface SoakOptions {
  apps: number;
  workers: number;
  /** For how long processes are killed. */
  seconds: number;
  /** Seconds between two syncs of an app. */
  every: number;
  timing?: Partial<FleetTiming>;
  /** Seconds from when a sync is due until it must have begun. */
  mostLagSeconds: number;
  /** Mean seconds between two kills. */
  killEvery: number;
  log: (line: string) => void;
}

const DAY_MS = 86_400_000;

/**
 * A fleet with two servers and one PostgreSQL, each killed at random, the database restarted once. Workers also stand still
 * until others have taken their runs over, and go on; the first one has a wrong clock, and a connection to the database that
 * hangs now and then. At the end everything is compared with what the stand-in saw.
 */
export async function runSoak(options: SoakOptions): Promise<Judgement> {
  const { log, seconds, every } = options;
  await using stack = new AsyncDisposableStack();
  const postgres = await startPostgres();
  stack.defer(() => postgres.stop());
  const standIn = stack.use(await startStandIn());
  const [bridgeUrl, fleetUrl] = [(await createDatabase(postgres.url)).url, (await createDatabase(postgres.url)).url];
  const { key: apiKey } = await prepareBridge(bridgeUrl);

  const ports = [await freePort(), await freePort()];
  const servers = new Processes(ports.map((port) => () => spawnServer(bridgeUrl, port)));
  stack.defer(() => servers.stop());
  await servers.start();
  const proxy = await startProxy(ports);
  stack.defer(() => proxy.close());
  const org = { url: `${proxy.url}/org/acme`, apiKey };
  const client = createClient({ baseUrl: org.url, apiKey });

  const keys = Array.from({ length: options.apps }, (_, index) => `app${index}`);
  const apps = new Map<string, string>();
  for (const key of keys) apps.set(key, (await client.createApp({ name: key })).id);
  const life = createLife(standIn, { client, apps });
  const fleetPort = Number(new URL(fleetUrl).port);
  const hanging = await startProxy([fleetPort]);
  stack.defer(() => hanging.close());
  const first = {
    clockAheadMs: DAY_MS,
    databaseUrl: fleetUrl.replace(`:${fleetPort}/`, `:${hanging.port}/`),
  };
  const child = { databaseUrl: fleetUrl, org, standInUrl: standIn.url, keys, every, capacity: 8, graceSeconds: 2 };
  const workers = new Processes(
    Array.from(
      { length: options.workers },
      (_, index) => () => spawnWorker({ ...child, timing: options.timing ?? {}, ...(index === 0 && first) }, "ignore"),
    ),
  );
  stack.defer(() => workers.stop());
  await workers.start();
  const database = await openDatabase({ url: fleetUrl, onError: () => {} });
  stack.defer(() => database.close());
  const fleet = openFleet(database);
  log(`${options.apps} apps, ${options.workers} workers and 2 servers for ${seconds} s`);

  // A slow machine has to sync at all before something is killed.
  const readsOf = () => keys.reduce((sum, key) => sum + standIn.of(key).reads.length, 0);
  while (readsOf() < 2 * Math.min(options.apps, 6)) await sleep(200);
  const endAt = Date.now() + seconds * 1000;
  const restart = async () => {
    await sleep(seconds * 500);
    log("the database restarts");
    await postgres.restart();
  };
  await Promise.all([
    restart(),
    killSome({
      servers,
      workers,
      hanging,
      endAt,
      haltSeconds: haltSeconds(options),
      killEvery: options.killEvery,
      log,
    }),
    live(life, endAt),
  ]);
  workers.goOn();
  log("no more kills; every app syncs once more");
  const syncedFrom = Date.now();
  await finish(fleet, client, { apps, since: syncedFrom, mostSeconds: seconds + 600, log });
  const endedAt = Date.now();
  await workers.stop("SIGTERM");
  const killed = [...workers.killed, syncedFrom - seconds * 500];
  const { continued } = workers;
  const judgement = await judge({ standIn, life, client, fleet, apps, every, killed, continued, endedAt });
  if (judgement.lagSeconds > options.mostLagSeconds)
    judgement.broken.push(
      `a sync began ${Math.round(judgement.lagSeconds)} s late; ${options.mostLagSeconds} s are allowed`,
    );
  return judgement;
}

export function describeSoak({ broken, syncs, tasks, repeated, removed, lagSeconds }: Judgement): string {
  const numbers =
    `${syncs} syncs, the latest ${Math.round(lagSeconds)} s late; ${tasks} tasks, ${repeated} of them done again after a kill; ` +
    `${removed} people left and were removed`;
  if (broken.length === 0) return `${numbers}. Everything held.`;
  return `${numbers}. ${broken.length} things did not hold:\n${broken.slice(0, 20).join("\n")}`;
}

async function prepareBridge(url: string): Promise<{ key: string }> {
  const bridge = await createBridge({ database: { kind: "postgres", url } });
  await bridge.createOrg("acme");
  const key = await bridge.createKey({ org: "acme", name: "fleet", role: "admin" });
  await bridge.close();
  return key;
}

/** So long that the runs of the worker begin elsewhere before it goes on. */
function haltSeconds({ timing }: SoakOptions): number {
  return { ...DEFAULT_TIMING, ...timing }.deadAfter + 5;
}

interface Kills extends Pick<SoakOptions, "killEvery" | "log"> {
  servers: Processes;
  workers: Processes;
  /** The way of the first worker to the database. */
  hanging: Proxy;
  haltSeconds: number;
  endAt: number;
}

async function killSome({ servers, workers, hanging, haltSeconds, endAt, killEvery, log }: Kills): Promise<void> {
  for (let turn = 0; ; turn++) {
    await sleep(killEvery * 1000 * (0.5 + Math.random()));
    if (Date.now() >= endAt) return;
    const dice = Math.random();
    // The first one surely, however short it is.
    if (turn === 0 || dice < 0.2) {
      const index = workers.halt(haltSeconds * 1000);
      if (index !== undefined) log(`worker ${index} stands still for ${haltSeconds} s`);
    } else if (dice < 0.3) {
      hanging.freeze(haltSeconds * 1000);
      workers.killed.push(Date.now());
      log(`the database hangs for worker 0 for ${haltSeconds} s`);
    } else if (dice < 0.5) log(`server ${servers.kill("SIGKILL")} is killed`);
    else if (dice < 0.65) log(`worker ${workers.kill("SIGTERM")} is stopped`);
    else log(`worker ${workers.kill("SIGKILL")} is killed`);
  }
}

async function live({ step }: ReturnType<typeof createLife>, endAt: number): Promise<void> {
  while (Date.now() < endAt) {
    // The Bridge may be down just now.
    await step().catch(() => undefined);
    await sleep(100);
  }
}

interface Ending {
  apps: ReadonlyMap<string, string>;
  since: number;
  mostSeconds: number;
  log: (line: string) => void;
}

/** Waits until every task has ended and every app has synced since then. */
async function finish(
  fleet: Fleet,
  client: ReturnType<typeof createClient>,
  { apps, since, mostSeconds, log }: Ending,
): Promise<void> {
  const until = Date.now() + mostSeconds * 1000;
  const isBefore = () => Date.now() < until;
  // Also those that a worker claimed which died since: the Bridge does not list them as pending.
  const isOpen = async (appId: string) => {
    for await (const { status } of client.listTasks(appId))
      if (status === "pending" || status === "scheduled") return true;
    return false;
  };
  for (const appId of apps.values()) while ((await isOpen(appId)) && isBefore()) await sleep(500);
  const from = Math.max(since, Date.now());
  const isBehind = ({ lastSuccessAt, lastStartedAt }: { lastSuccessAt: Date | null; lastStartedAt: Date | null }) =>
    lastSuccessAt === null || lastStartedAt === null || lastStartedAt.getTime() < from || lastSuccessAt < lastStartedAt;
  while (isBefore()) {
    const all = await Array.fromAsync(fleet.apps());
    const behind = all.filter(isBehind).map(({ key }) => key);
    if (behind.length === 0) return;
    log(`${behind.length} apps have not synced since: ${behind.slice(0, 5).join(", ")}`);
    await fleet.runNow({ keys: all.filter((app) => isBehind(app) && app.state === "waiting").map(({ key }) => key) });
    await sleep(5000);
  }
}
