import { Client } from "pg";
import type { Measured } from "../report.ts";
import type { ServerBench } from "./bench.ts";
import { reconcileFirst } from "./reconcile.ts";
import { complete, push } from "./load.ts";
import { pages } from "./people.ts";
import type { BenchServer } from "./start-server.ts";

/** Compares an unchanged session with the first one; it must write no live row. */
export const resync: ServerBench = {
  limit: 0.3,
  isAtMost: true,
  async run(server, records): Promise<Measured> {
    const { app, reconciliationSeconds } = await reconcileFirst(server, records);
    const before = await rowVersions(server, app);
    const syncId = await push(server, app, pages(records));
    const seconds = await complete(server, app, syncId);
    const isUnwritten = (await rowVersions(server, app)) === before;
    return {
      // A written row is a failure regardless of the time.
      ratio: isUnwritten ? seconds / reconciliationSeconds : Number.POSITIVE_INFINITY,
      text: `${seconds.toFixed(1)} s after ${reconciliationSeconds.toFixed(1)} s, ${isUnwritten ? "no live row was written" : "LIVE ROWS WERE WRITTEN"}`,
    };
  },
};

/** Returns the row headers' transactions, which change if a live row is written; "" on PGlite, which can't be inspected. */
async function rowVersions({ databaseUrl }: BenchServer, app: string): Promise<string> {
  if (databaseUrl === undefined) return "";
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      `select count(*) as count, sum(xmin::text::bigint) as xmin, sum(xmax::text::bigint) as xmax
        from records where app_id = $1`,
      [app],
    );
    return JSON.stringify(rows);
  } finally {
    await client.end();
  }
}
