import { createTestBridge, type TestOrg } from "@bridgekit/server/testing";
import { startWorker, type FleetApp, type Worker, type WorkerOptions } from "../../src/index.ts";
import { openTestDatabase } from "./open-test-database.ts";

/** So short that a test need not wait; a busy machine must still write a heartbeat in time. */
const TIMING = { heartbeat: 0.5, abortAfter: 4, deadAfter: 6, tick: 1, poll: 0.2, sweep: 5 };

/** A Bridge, the database of a fleet, and workers in this process. */
export async function openFleet() {
  const bridge = await createTestBridge({ rateLimit: null });
  const database = await openTestDatabase();
  const workers = new Set<Worker>();
  const orgs: TestOrg[] = [];
  return {
    bridge,
    database,
    async openOrg(): Promise<TestOrg> {
      const org = await bridge.openOrg();
      orgs.push(org);
      return org;
    },
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
    async [Symbol.asyncDispose]() {
      await Promise.all([...workers].map((worker) => worker.drain(0)));
      await bridge.close();
      await database[Symbol.asyncDispose]();
    },
  };
}
