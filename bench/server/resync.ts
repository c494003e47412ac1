import { Client } from "pg";
import type { Measured } from "../report.ts";
import type { ServerBench } from "./bench.ts";
import { reconcileFirst } from "./reconcile.ts";
import { complete, push } from "./load.ts";
import { pages } from "./people.ts";
import type { BenchServer } from "./start-server.ts";

/** The same session again, nothing changed, beside the first one; no live row may be written. */
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
      // A row that was written is a failure, whatever the time.
      ratio: isUnwritten ? seconds / reconciliationSeconds : Number.POSITIVE_INFINITY,
      text: `${seconds.toFixed(1)} s after ${reconciliationSeconds.toFixed(1)} s, ${isUnwritten ? "no live row was written" : "LIVE ROWS WERE WRITTEN"}`,
    };
  },
};

/** What tells that a live row was written: the transactions in their headers. "" on PGlite, where nobody can look. */
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
