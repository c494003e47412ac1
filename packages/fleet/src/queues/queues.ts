import type { PgBoss, Queue } from "pg-boss";
import type { RunKind } from "../database/tables.ts";

/** Looks for due apps; workers take turns. */
export const TICK_QUEUE = "tick";
/** Follows the tasks of an organisation. */
export const WATCH_QUEUE = "watch";

/** The zone of apps and workers that name none. */
export const DEFAULT_ZONE = "default";

const ZONE = /^[a-z0-9][a-z0-9_-]{0,62}$/i;

/** What a job of an app carries; never a secret. */
export interface RunOrder {
  app: string;
  /** Why it runs: `schedule`, `run now`, `tasks`. */
  reason: string;
}

// Our rows say what is tried again and when, so a job that ends in any way is over.
const common = { retryLimit: 0, heartbeatSeconds: 20, expireInSeconds: 86_000, deleteAfterSeconds: 3600 };

/**
 * A sync is `exclusive`: queued or active once per app. Tasks are `short`: another job may wait while one is active, since a
 * task that was created meanwhile may have been missed. So may a tick, as its worker may be dead.
 */
const POLICIES = { sync: "exclusive", tasks: "short" } as const satisfies Record<RunKind, Queue["policy"]>;

export function queueOf(kind: RunKind, zone: string): string {
  return `${kind}.${zone}`;
}

/** @throws Error if a zone has a name that no queue can have. */
export function checkZone(zone: string): string {
  if (ZONE.test(zone)) return zone;
  throw new Error(`"${zone}" can't name a zone: it may have up to 63 letters, digits, - and _.`);
}

function queuesOf(zones: Iterable<string>): Queue[] {
  const ofKind = (kind: RunKind, zone: string) => ({ ...common, name: queueOf(kind, zone), policy: POLICIES[kind] });
  return [
    { ...common, name: TICK_QUEUE, policy: "short", expireInSeconds: 60, deleteAfterSeconds: 60 },
    { ...common, name: WATCH_QUEUE, policy: "exclusive" },
    ...[...zones].flatMap((zone) => [ofKind("sync", zone), ofKind("tasks", zone)]),
  ];
}

const DECLARED = ["policy", "retryLimit", "heartbeatSeconds", "expireInSeconds", "deleteAfterSeconds"] as const;

/**
 * Creates the queues that are missing: one per kind and zone.
 *
 * @throws Error if one exists with other properties, as that of another version may.
 */
export async function declareQueues(boss: PgBoss, zones: Iterable<string>): Promise<void> {
  const declared = queuesOf(zones);
  let found = await findQueues(boss, declared);
  for (const queue of declared) if (!found.has(queue.name)) await boss.createQueue(queue.name, queue);
  found = await findQueues(boss, declared);
  for (const queue of declared) {
    const kept = found.get(queue.name);
    for (const property of DECLARED)
      if (kept?.[property] !== queue[property])
        throw new Error(
          `The queue ${queue.name} of the fleet has ${property} ${kept?.[property]} where this version needs ${queue[property]}. ` +
            `Stop the workers of the other version, and delete the queue: select fleet_jobs.delete_queue('${queue.name}'). ` +
            `Nothing is lost with it: what is due is queued again.`,
        );
  }
}

async function findQueues(boss: PgBoss, declared: readonly Queue[]): Promise<Map<string, Queue>> {
  const queues = await boss.getQueues(declared.map(({ name }) => name));
  return new Map(queues.map((queue) => [queue.name, queue]));
}
