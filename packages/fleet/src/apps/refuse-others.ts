import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.ts";
import { toAppId, type FleetApp } from "../fleet-app.ts";
import { IS_SEEN } from "./register-apps.ts";
import { isAlive } from "../database/is-alive.ts";

/**
 * Refuses a config that has something else under the key of an app that the fleet runs: two fleets in one database would feed
 * the same app on the Bridge by turns, each with its own system.
 *
 * @throws Error while another worker is alive that may have that app.
 */
export async function refuseOthers(
  database: Kysely<Tables>,
  apps: readonly FleetApp[],
  { deadAfter }: { deadAfter: number },
): Promise<void> {
  const byId = new Map(apps.map((app) => [toAppId(app), app]));
  const { rows } = await sql<{ id: string; name: string; upstream_host: string; connector: string | null }>`
    select id, name, upstream_host, connector from fleet.apps where id = any(${[...byId.keys()]}::text[]) and ${IS_SEEN}
      and exists (select from fleet.workers where ${isAlive(deadAfter)})
  `.execute(database);
  for (const { id, name, upstream_host, connector } of rows) {
    const own = byId.get(id)!;
    const isOther = connector !== null && connector !== own.connector;
    // One that was renamed, or has moved, is the same app.
    if (!isOther && (name === own.name || upstream_host === own.upstreamHost)) continue;
    throw new Error(
      `apps.${own.key} of ${own.org} is "${own.name}" (${own.connector}, ${own.upstreamHost}) here, and for the workers of this ` +
        `database "${name}" (${connector ?? "?"}, ${upstream_host}). Two fleets need a database each (FLEET_DATABASE_URL) and, ` +
        `in one organisation, keys of their own. If this is the next version of one config, stop the workers of the last one first.`,
    );
  }
}
