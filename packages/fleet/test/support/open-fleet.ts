import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { serve } from "@bridgekit/server";
import { createTestBridge, type TestOrg } from "@bridgekit/server/testing";
import { openFleet, startWorker, type Fleet, type FleetApp, type Worker, type WorkerOptions } from "../../src/index.ts";
import { toFleetApp, type AppOptions } from "./fleet-app.ts";
import { openTestDatabase } from "./open-test-database.ts";
import { startStandIn } from "./stand-in.ts";
import { spawnWorker, type ChildOptions } from "./worker-child.ts";

/** So short that a test need not wait; but no worker counts as dead, however long the machine stands still. */
const TIMING = { heartbeat: 0.5, abortAfter: 300, deadAfter: 600, tick: 1, poll: 0.2, sweep: 5 };

/** For workers of tests that kill some: soon enough to wait for, and longer than a machine stands still. */
export const MORTAL = { timing: { ...TIMING, abortAfter: 15, deadAfter: 20 } };

let opened: Promise<unknown> = Promise.resolve();

/** Embedded databases that open at once block this process for longer than a connection may take. */
function inTurn<T>(open: () => Promise<T>): Promise<T> {
  const opening = opened.then(open, open);
  opened = opening;
  return opening;
}

/** A Bridge, a stand-in, the database of a fleet, and workers in this process or their own. */
export async function openTestFleet() {
  const [bridge, database, standIn] = await inTurn(() =>
    Promise.all([createTestBridge({ rateLimit: null }), openTestDatabase(), startStandIn()]),
  );
  const server = await serve(bridge, { port: 0 });
  const workers = new Set<Worker>();
  const children = new Set<ChildProcess>();
  const orgs: TestOrg[] = [];
  const fleet: Fleet = openFleet(database);
  return {
    ...fleet,
    database,
    standIn,
    async openOrg(): Promise<TestOrg> {
      const org = await bridge.openOrg({ origin: server.url });
      orgs.push(org);
      return org;
    },
    toApp: (options: Omit<AppOptions, "standIn">) => toFleetApp({ standIn, ...options }),
    async startWorker(apps: readonly FleetApp[], options: Partial<WorkerOptions> = {}): Promise<Worker> {
      const worker = await startWorker({
        database,
        apps,
        orgs: orgs.map(({ url, client }) => ({ url, bridge: client })),
        ...options,
        timing: { ...TIMING, ...options.timing },
      });
      workers.add(worker);
      return worker;
    },
    /** A worker in a process of its own, which can be killed. */
    async spawnWorker(org: TestOrg, keys: readonly string[], options: Partial<ChildOptions> = {}) {
      const child = spawnWorker({
        databaseUrl: database.url,
        org,
        standInUrl: standIn.url,
        keys,
        every: 3600,
        capacity: 4,
        timing: TIMING,
        graceSeconds: 0,
        ...options,
      });
      children.add(child);
      const [line] = (await once(child.stdout, "data")) as [Buffer];
      return { id: line.toString().trim(), child, exited: once(child, "exit") };
    },
    async [Symbol.asyncDispose]() {
      for (const child of children) child.kill("SIGKILL");
      await Promise.all([...workers].map((worker) => worker.drain(0)));
      await server.close();
      await bridge.close();
      await standIn[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

export type TestFleet = Awaited<ReturnType<typeof openTestFleet>>;

/** How the last sync of each app ended. */
export async function lastEnds({ apps }: TestFleet): Promise<(string | null)[]> {
  return (await Array.fromAsync(apps())).map(({ lastSyncEnd }) => lastSyncEnd);
}
