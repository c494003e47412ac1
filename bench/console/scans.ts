import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";

const LARGE_ROWS = 10_000;
/** PostgreSQL's connections report their statistics at the latest when they are idle for this long. */
const REPORT_MS = 11_000;

/** The number of sequential scans and of the rows that they read, by table. */
export type Scans = ReadonlyMap<string, { scans: number; rows: number }>;

export async function readScans(client: Client): Promise<Scans> {
  await sleep(REPORT_MS);
  const { rows } = await client.query(
    `select relname, seq_scan::int as scans, seq_tup_read::float as rows from pg_stat_user_tables
    where schemaname = current_schema() and n_live_tup >= $1`,
    [LARGE_ROWS],
  );
  return new Map(rows.map(({ relname, scans, rows }) => [relname, { scans, rows }]));
}

/** The large tables that were scanned since, in words. */
export function scannedSince(before: Scans, after: Scans): string[] {
  return [...after].flatMap(([table, { scans, rows }]) => {
    const { scans: earlier = 0, rows: earlierRows = 0 } = before.get(table) ?? {};
    return scans > earlier ? [`${table} ${scans - earlier} times (${rows - earlierRows} rows)`] : [];
  });
}
