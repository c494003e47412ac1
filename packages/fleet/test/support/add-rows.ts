import { sql } from "kysely";
import type { FleetDatabase } from "../../src/index.ts";

interface Rows {
  org: string;
  count: number;
  /** Seconds until each is due, spread from here to there. */
  dueIn: readonly [from: number, to: number];
  /** Number of hosts that the apps are spread over. */
  hosts?: number;
}

/** Adds rows of apps, which no worker runs. */
export async function addRows(
  { kysely }: FleetDatabase,
  { org, count, dueIn: [from, to], hosts = 1 }: Rows,
): Promise<void> {
  await sql`
    insert into fleet.apps (id, org, key, name, zone, upstream_host, credential, schedule, next_run_at, seen_at)
    select ${org}::text || ' app' || n, ${org}::text, 'app' || n, 'app' || n, 'default', 'host' || (n % ${hosts}::integer),
      'digest', 'every 3600 s',
      now() + (${from}::float8 + (${to}::float8 - ${from}::float8) * n / ${count}::float8) * interval '1 second', now()
    from generate_series(1, ${count}::integer) n
  `.execute(kysely);
}
