import type { RunnerOrder, RunnerOrderList, WorkerOrder } from "@bridgekit/client";
import type { FleetOrg } from "../fleet-app.ts";
import { type Fleet, openFleet } from "../status/open-fleet.ts";
import type { WorkerContext } from "../worker/context.ts";
import { servesOthers } from "./read-workers.ts";

const CHANGES = {
  pause: "pause",
  resume: "resume",
  run_now: "runNow",
} as const satisfies Record<RunnerOrder["order"], keyof Fleet>;

type Context = Pick<WorkerContext, "database" | "logger">;

/** Carries out what people ordered on a Bridge; returns the ids of the orders that concern this fleet. */
export async function carryOutOrders(
  context: Context,
  org: FleetOrg,
  { orders, worker_orders: workerOrders = [] }: RunnerOrderList,
): Promise<string[]> {
  return [...(await changeApps(context, org, orders)), ...(await drainWorkers(context, org, workerOrders))];
}

async function changeApps(
  { database, logger }: Context,
  { url: org }: FleetOrg,
  orders: readonly RunnerOrder[],
): Promise<string[]> {
  if (orders.length === 0) return [];
  const fleet = openFleet(database);
  const apps = await database.kysely
    .selectFrom("apps")
    .select(["key", "bridge_app_id"])
    .where("org", "=", org)
    .where(
      "bridge_app_id",
      "in",
      orders.map(({ app_id }) => app_id),
    )
    .execute();
  const keys = new Map(apps.map(({ key, bridge_app_id }) => [bridge_app_id, key]));
  const own = orders.filter(({ app_id }) => keys.has(app_id));
  for (const [order, change] of Object.entries(CHANGES)) {
    const ordered = own.filter((each) => each.order === order).map(({ app_id }) => keys.get(app_id)!);
    if (ordered.length === 0) continue;
    await fleet[change]({ org, keys: ordered });
    logger.info({ org, order, apps: ordered.length }, "an order of the Bridge was carried out");
  }
  return own.map(({ id }) => id);
}

/** Orders for workers come to their own fleet alone. */
async function drainWorkers(
  { database, logger }: Context,
  { url: org }: FleetOrg,
  orders: readonly WorkerOrder[],
): Promise<string[]> {
  if (orders.length === 0) return [];
  const fleet = openFleet(database);
  const isShared = await servesOthers(database.kysely, org);
  for (const { worker, order } of orders) {
    order satisfies "drain";
    if (isShared) logger.warn({ org, worker }, "an order was refused: the worker runs apps of other organisations too");
    else if (await fleet.drain(worker)) logger.info({ org, order, worker }, "an order of the Bridge was carried out");
  }
  return orders.map(({ id }) => id);
}
