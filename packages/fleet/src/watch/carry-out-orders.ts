import type { RunnerOrder } from "@bridgekit/client";
import type { FleetOrg } from "../fleet-app.ts";
import { type Fleet, openFleet } from "../status/open-fleet.ts";
import type { WorkerContext } from "../worker/context.ts";

const CHANGES = {
  pause: "pause",
  resume: "resume",
  run_now: "runNow",
} as const satisfies Record<RunnerOrder["order"], keyof Fleet>;

/** Carries out what people ordered on a Bridge; returns the orders of apps that this fleet has. */
export async function carryOutOrders(
  { database, logger }: Pick<WorkerContext, "database" | "logger">,
  { url: org }: FleetOrg,
  orders: readonly RunnerOrder[],
): Promise<RunnerOrder[]> {
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
  return own;
}
