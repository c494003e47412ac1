import { isNotOffered } from "@bridgekit/client";
import { setTimeout as sleep } from "node:timers/promises";
import { IS_SEEN } from "../apps/register-apps.ts";
import type { FleetOrg } from "../fleet-app.ts";
import { orderTasks, TASK_PRIORITY } from "../queues/order-tasks.ts";
import type { WorkerContext } from "../worker/context.ts";
import { AppReporter } from "./report-apps.ts";
import { findOpenTasks } from "./sweep-tasks.ts";

/** Actions that take access away, which come before everything, if the Bridge does not say of a task whether it does. */
const OFFBOARDING: ReadonlySet<string> = new Set(["suspend_account", "delete_account"]);

/**
 * Has the tasks of an organisation carried out until the signal aborts: those that are open now and every so often, and each
 * new one as soon as the Bridge says so.
 */
export async function watchOrg(context: WorkerContext, org: FleetOrg, signal: AbortSignal): Promise<void> {
  await Promise.all([
    sweepTasks(context, org, signal),
    followTasks(context, org, signal),
    keepReporting(context, org, signal),
  ]);
}

/** Between two looks for orders, in parts of a sweep: people wait for what they ordered. */
const LOOKS_PER_SWEEP = 20;
/** Reading all apps costs more. */
const LOOKS_PER_REPORT = 5;

/** Says where apps run and when next, and carries out orders. A report that fails is sent with the next one. */
async function keepReporting(context: WorkerContext, org: FleetOrg, signal: AbortSignal): Promise<void> {
  const reporter = new AppReporter(context, org);
  for (let look = 0; !signal.aborted; look++) {
    const reported = look % LOOKS_PER_REPORT === 0 ? reporter.report(signal) : Promise.resolve();
    await reported
      .then(() => reporter.takeOrders(signal))
      .catch((error: unknown) => {
        if (!signal.aborted)
          context.logger.warn({ org: org.url, error: (error as Error).message }, "the state of apps was not reported");
      });
    await sleep((context.timing.sweep / LOOKS_PER_SWEEP) * 1000, undefined, { signal }).catch(() => undefined);
  }
}

async function followTasks(context: WorkerContext, org: FleetOrg, signal: AbortSignal): Promise<void> {
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener("abort", () => resolve(), { once: true });
  // A stream that does not end with its signal must not keep the worker from draining.
  await Promise.race([orderNew(context, org, signal), aborted]);
}

/** Without events, which the published protocol does not have, tasks are found by looking alone. */
async function orderNew(context: WorkerContext, org: FleetOrg, signal: AbortSignal): Promise<void> {
  try {
    await orderEach(context, org, signal);
  } catch (error) {
    if (!isNotOffered(error)) throw error;
  }
}

async function orderEach(context: WorkerContext, { url, bridge }: FleetOrg, signal: AbortSignal): Promise<void> {
  for await (const event of bridge.streamEvents({ signal })) {
    if (signal.aborted) return;
    if (event.type !== "task.created" && event.type !== "task.released") continue;
    const isOffboarding = event.is_revocation ?? OFFBOARDING.has(event.action ?? "");
    await order(context, url, [event.app_id], isOffboarding ? TASK_PRIORITY.offboarding : TASK_PRIORITY.usual);
  }
}

async function sweepTasks(context: WorkerContext, org: FleetOrg, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for await (const ids of findOpenTasks(context, org, signal))
      await order(context, org.url, ids, TASK_PRIORITY.usual);
    await sleep(context.timing.sweep * 1000, undefined, { signal }).catch(() => undefined);
  }
}

/** Orders the tasks of apps by their ids on the Bridge; those of others than ours are left alone. */
async function order(
  { database: { kysely }, boss }: WorkerContext,
  org: string,
  bridgeIds: readonly string[],
  priority: number,
): Promise<void> {
  if (bridgeIds.length === 0) return;
  const rows = await kysely
    .selectFrom("apps")
    .select(["id", "zone"])
    .where("org", "=", org)
    .where("bridge_app_id", "in", bridgeIds)
    .where("paused_at", "is", null)
    .where("parked_at", "is", null)
    .where(IS_SEEN)
    .execute();
  await orderTasks(
    boss,
    rows.map(({ id, zone }) => ({ app: id, zone, priority })),
  );
}
