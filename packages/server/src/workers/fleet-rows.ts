import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { toArrayLiteral } from "../database/array-literal.ts";
import type { Tables } from "../database/schema.ts";
import { keepOrg } from "../orgs/keep-org.ts";

type Schemas = components["schemas"];
type WorkerOrder = Required<Schemas["RunnerOrderList"]>["worker_orders"][number];

interface FleetPlace {
  orgId: string;
  /** Of the fleet. */
  id: string;
}

/** A fleet that reports at least every minute may be lost. */
const LOST_AFTER_MS = 3 * 60_000;
const FORGOTTEN_AFTER_MS = 24 * 60 * 60_000;
/**
 * An organisation has as many fleets. A further one takes the place of one that is lost, never of one that reports:
 * whoever reports made-up fleets hides no real one.
 */
const MOST_FLEETS = 5;

/** Keeps the workers of a fleet in place of those that it reported before. */
export async function keepWorkers(
  database: Kysely<Tables>,
  { orgId, id }: FleetPlace,
  workers: readonly Schemas["WorkerReport"][],
  { reach, now }: { reach: readonly string[] | null; now: Date },
): Promise<void> {
  const runs = workers.flatMap(({ running }) => running.map(({ app_id }) => app_id.toLowerCase()));
  // An organisation does not see what its workers run for others.
  const own = await findOwn(database, orgId, runs, reach);
  const kept = workers.map((worker) => ({
    ...worker,
    running: worker.running.filter(({ app_id }) => own.has(app_id.toLowerCase())),
  }));
  await database.transaction().execute(async (transaction) => {
    await keepOrg(transaction, orgId);
    if (!(await findPlace(transaction, { orgId, id }, now))) return;
    await transaction
      .insertInto("fleets")
      .values({ org_id: orgId, id, workers: JSON.stringify(kept), reported_at: now })
      .onConflict((conflict) =>
        conflict.columns(["org_id", "id"]).doUpdateSet((row) => ({
          workers: row.ref("excluded.workers"),
          reported_at: row.ref("excluded.reported_at"),
          ordered: OF_REPORTED_WORKERS,
        })),
      )
      .execute();
    const newest = fleetsOf(transaction, orgId, now).select("id");
    await transaction.deleteFrom("fleets").where("org_id", "=", orgId).where("id", "not in", newest).execute();
  });
}

/** Whether the fleet has a place, or one is free. Others that look for one wait until the transaction ends. */
async function findPlace(transaction: Kysely<Tables>, { orgId, id }: FleetPlace, now: Date): Promise<boolean> {
  const known = transaction.selectFrom("fleets").select("id").where("org_id", "=", orgId).where("id", "=", id);
  if ((await known.executeTakeFirst()) !== undefined) return true;
  await transaction.selectFrom("orgs").select("id").where("id", "=", orgId).forNoKeyUpdate().execute();
  const fleets = await fleetsOf(transaction, orgId, now).select("reported_at").execute();
  return fleets.filter(({ reported_at: reportedAt }) => !isLost(reportedAt, now)).length < MOST_FLEETS;
}

/** What is ordered of workers that the fleet still has; a worker that ended has nothing left to carry out. */
const OF_REPORTED_WORKERS = sql<string>`(
  select coalesce(jsonb_agg(entry), '[]') from jsonb_array_elements(fleets.ordered) entry
  where entry ->> 'worker' in (select worker ->> 'name' from jsonb_array_elements(excluded.workers) worker)
)`;

async function findOwn(
  database: Kysely<Tables>,
  orgId: string,
  ids: readonly string[],
  reach: readonly string[] | null,
): Promise<ReadonlySet<string>> {
  const reached = ids.filter((id) => reach === null || reach.includes(id));
  if (reached.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from apps where org_id = ${orgId} and id = any(${toArrayLiteral([...new Set(reached)])}::uuid[])
  `.execute(database);
  return new Set(rows.map(({ id }) => id));
}

/** What is ordered of the workers of a fleet, after it has carried out some of it. */
export async function takeWorkerOrders(
  database: Kysely<Tables>,
  { orgId, id }: FleetPlace,
  carriedOut: readonly string[],
): Promise<WorkerOrder[]> {
  const row = database.selectFrom("fleets").select("ordered").where("org_id", "=", orgId).where("id", "=", id);
  const ordered = (await row.executeTakeFirst())?.ordered ?? [];
  const done = new Set(carriedOut.map((each) => each.toLowerCase()));
  if (!ordered.some((order) => done.has(order.id))) return ordered;
  return database.transaction().execute(async (transaction) => {
    const locked = await transaction
      .selectFrom("fleets")
      .select("ordered")
      .where("org_id", "=", orgId)
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirst();
    const left = (locked?.ordered ?? []).filter((order) => !done.has(order.id));
    await transaction
      .updateTable("fleets")
      .set({ ordered: JSON.stringify(left) })
      .where("org_id", "=", orgId)
      .where("id", "=", id)
      .execute();
    return left;
  });
}

/** The fleets of an organisation that have reported of late, the last one first. */
export function fleetsOf(database: Kysely<Tables>, orgId: string, now: Date) {
  return (
    database
      .selectFrom("fleets")
      .where("org_id", "=", orgId)
      .where("reported_at", ">", new Date(now.getTime() - FORGOTTEN_AFTER_MS))
      // One from before the clock went back would be the newest until then.
      .where("reported_at", "<=", new Date(now.getTime() + LOST_AFTER_MS))
      .orderBy("reported_at", "desc")
      .limit(MOST_FLEETS)
  );
}

/** Whether a fleet has not reported for so long that its workers are lost. */
export function isLost(reportedAt: Date, now: Date): boolean {
  return now.getTime() - reportedAt.getTime() > LOST_AFTER_MS;
}
