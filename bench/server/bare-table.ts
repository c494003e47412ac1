import { PGlite } from "@electric-sql/pglite";
import { account } from "./people.ts";

const APP = "00000000-0000-4000-8000-000000000000";
const BATCH = 1_000;
const COLUMNS = `app_id uuid not null, slug text collate "C" not null, id text collate "C" not null,
  data jsonb not null, digest uuid, created_version integer, changed_version integer not null,
  removed_at timestamptz, removed_in uuid`;

/** Fills a table with the rows of the live records, in a separate PGlite, because the server's can't be shared. */
export async function openBareTable(
  records: number,
  { isIndexed }: { isIndexed: boolean },
): Promise<{ database: PGlite; columns: string; app: string }> {
  const database = await PGlite.create();
  await database.exec(`create table staged (${COLUMNS}${isIndexed ? ", primary key (app_id, slug, id)" : ""})`);
  for (let first = 0; first < records; first += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, records - first) }, (_, index) => account(first + index));
    await database.query(
      `insert into staged select '${APP}', 'account', data ->> 'id', data, '${APP}', 1, 1, null, null
        from jsonb_array_elements($1::jsonb) data`,
      [JSON.stringify(batch)],
    );
  }
  return { database, columns: COLUMNS, app: APP };
}
