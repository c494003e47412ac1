import { Client } from "pg";
import { openBareTable } from "./bare-table.ts";
import type { Measured } from "../report.ts";
import type { ServerBench } from "./bench.ts";
import { complete, makeApp, push, whenIndexed } from "./load.ts";
import { pages } from "./people.ts";
import type { BenchServer } from "./start-server.ts";

/** An app whose first session has been reconciled. */
export interface ReconciledApp {
  app: string;
  reconciliationSeconds: number;
}

export async function reconcileFirst(server: BenchServer, records: number): Promise<ReconciledApp> {
  const app = await makeApp(server);
  const syncId = await push(server, app, pages(records));
  const reconciliationSeconds = await complete(server, app, syncId);
  await whenIndexed(server);
  return { app, reconciliationSeconds };
}

/** Compares `complete` of a first session with one statement that writes the same rows with the same indexes. */
export const reconcile: ServerBench = {
  limit: 2,
  isAtMost: true,
  async run(server, records): Promise<Measured> {
    const { app, reconciliationSeconds } = await reconcileFirst(server, records);
    const bareSeconds =
      server.databaseUrl === undefined ? await insertIntoPglite(records) : await insert(server.databaseUrl, app);
    return {
      ratio: reconciliationSeconds / bareSeconds,
      text: `${records} accounts in ${reconciliationSeconds.toFixed(1)} s, bare INSERT ... SELECT ${bareSeconds.toFixed(1)} s`,
    };
  },
};

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
    return (performance.now() - started) / 1000;
  } finally {
    await client.end();
  }
}

async function insertIntoPglite(records: number): Promise<number> {
  const { database, columns } = await openBareTable(records, { isIndexed: false });
  try {
    await database.exec(`create table bare (${columns}, primary key (app_id, slug, id))`);
    const started = performance.now();
    await database.query(INSERT);
    return (performance.now() - started) / 1000;
  } finally {
    await database.close();
  }
}
