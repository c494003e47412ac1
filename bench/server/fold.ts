import { PGlite } from "@electric-sql/pglite";
import { Client } from "pg";
import { complete, makeApp, push } from "./load.ts";
import { account, pages } from "./people.ts";
import type { BenchServer } from "./start-server.ts";

/** An app whose first session has been folded. */
export interface FoldedApp {
  app: string;
  foldSeconds: number;
}

export async function foldFirst(server: BenchServer, records: number): Promise<FoldedApp> {
  const app = await makeApp(server);
  const syncId = await push(server, app, pages(records));
  return { app, foldSeconds: await complete(server, app, syncId) };
}

/** `complete` of a first session, beside one bare statement that writes the same rows with the same indexes. */
export async function fold(
  server: BenchServer,
  records: number,
  { app, foldSeconds }: FoldedApp,
): Promise<{ ratio: number; text: string }> {
  const bareSeconds =
    server.databaseUrl === undefined ? await insertIntoPglite(records) : await insert(server.databaseUrl, app);
  return {
    ratio: foldSeconds / bareSeconds,
    text: `${records} accounts in ${foldSeconds.toFixed(1)} s, bare INSERT ... SELECT ${bareSeconds.toFixed(1)} s`,
  };
}

const INSERT = `insert into bare select * from staged on conflict (app_id, slug, id) do update set
  data = excluded.data, digest = excluded.digest, created_version = excluded.created_version,
  changed_version = excluded.changed_version, removed_at = excluded.removed_at, removed_in = excluded.removed_in`;

async function insert(databaseUrl: string, app: string): Promise<number> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("create table bare (like records including all)");
    await client.query("create table staged (like records)");
    await client.query("insert into staged select * from records where app_id = $1", [app]);
    await client.query("analyze staged");
    const started = performance.now();
    await client.query(INSERT);
    const seconds = (performance.now() - started) / 1000;
    await client.query("drop table bare, staged");
    return seconds;
  } finally {
    await client.end();
  }
}

const PGLITE_BATCH = 1_000;

/** The server has its PGlite for itself, so the statement runs in another one, on a table of the same shape. */
async function insertIntoPglite(records: number): Promise<number> {
  const database = await PGlite.create();
  try {
    const columns = `app_id uuid not null, slug text collate "C" not null, id text collate "C" not null,
      data jsonb not null, digest uuid, created_version integer, changed_version integer not null,
      removed_at timestamptz, removed_in uuid`;
    await database.exec(
      `create table staged (${columns}); create table bare (${columns}, primary key (app_id, slug, id))`,
    );
    for (let first = 0; first < records; first += PGLITE_BATCH) {
      const batch = Array.from({ length: Math.min(PGLITE_BATCH, records - first) }, (_, index) =>
        account(first + index),
      );
      await database.query(
        `insert into staged select '00000000-0000-4000-8000-000000000000', 'account', data ->> 'id', data,
          '00000000-0000-4000-8000-000000000000', 1, 1, null, null from jsonb_array_elements($1::jsonb) data`,
        [JSON.stringify(batch)],
      );
    }
    const started = performance.now();
    await database.query(INSERT);
    return (performance.now() - started) / 1000;
  } finally {
    await database.close();
  }
}

/** The same session again, nothing changed, beside the first one; no live row may be written. */
export async function resync(
  server: BenchServer,
  records: number,
  { app, foldSeconds }: FoldedApp,
): Promise<{ ratio: number; text: string; written: number }> {
  const before = await rowVersions(server, app);
  const syncId = await push(server, app, pages(records));
  const seconds = await complete(server, app, syncId);
  const written = (await rowVersions(server, app)) === before ? 0 : Number.NaN;
  return {
    ratio: seconds / foldSeconds,
    written,
    text: `${seconds.toFixed(1)} s after ${foldSeconds.toFixed(1)} s, ${written === 0 ? "no live row written" : "LIVE ROWS WRITTEN"}`,
  };
}

/** A digest of the transactions that wrote the live rows; "" where nobody else can look. */
async function rowVersions({ databaseUrl }: BenchServer, app: string): Promise<string> {
  if (databaseUrl === undefined) return "";
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      "select count(*) as count, sum(xmin::text::bigint) as xmin, sum(xmax::text::bigint) as xmax from records where app_id = $1",
      [app],
    );
    return JSON.stringify(rows);
  } finally {
    await client.end();
  }
}
