import { Client } from "pg";
import { openBareTable } from "./bare-table.ts";
import type { Measured } from "../report.ts";
import type { ServerBench } from "./bench.ts";
import { reconcileFirst } from "./reconcile.ts";
import { call } from "./load.ts";
import { account, GROUPS } from "./people.ts";
import { p95 } from "./percentile.ts";

const PAGE_SIZE = 50;
const CALLS = 400;
const WARM_UP_CALLS = 100;
const READ = "select * from records where app_id = $1 and slug = 'account' and id = any($2)";

/** Compares reading a page of the members of a group over HTTP with reading as many rows by primary key. */
export const members: ServerBench = {
  limit: 5,
  isAtMost: true,
  async run(server, records): Promise<Measured> {
    const { app } = await reconcileFirst(server, records);
    const readPage = (index: number) =>
      call(server, "GET", `/apps/${app}/records/account/?member_of=team:g${(index * 37) % GROUPS}&limit=${PAGE_SIZE}`);
    await p95(WARM_UP_CALLS, readPage);
    const own = await p95(CALLS, readPage);
    const bare =
      server.databaseUrl === undefined ? await readFromPglite(records) : await read(server.databaseUrl, app, records);
    return {
      ratio: own / bare,
      text: `p95 ${own.toFixed(2)} ms, bare read ${bare.toFixed(2)} ms at ${records} accounts`,
    };
  },
};

/** Ids as scattered as those of the members of a group. */
const idsOf = (index: number, records: number) =>
  Array.from({ length: PAGE_SIZE }, (_, place) => account((index * 37 + place * GROUPS) % records).id);

async function read(databaseUrl: string, app: string, records: number): Promise<number> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const readRows = (index: number) => client.query(READ, [app, idsOf(index, records)]);
    await p95(WARM_UP_CALLS, readRows);
    return await p95(CALLS, readRows);
  } finally {
    await client.end();
  }
}

async function readFromPglite(records: number): Promise<number> {
  const { database, app } = await openBareTable(records, { isIndexed: true });
  try {
    const readRows = (index: number) => database.query(READ.replace("records", "staged"), [app, idsOf(index, records)]);
    await p95(WARM_UP_CALLS, readRows);
    return await p95(CALLS, readRows);
  } finally {
    await database.close();
  }
}
