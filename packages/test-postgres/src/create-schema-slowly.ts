import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";

/** Creates a schema as another process does, in a transaction that stays open until somebody waits for it. */
export async function createSchemaSlowly(url: string, schema: string): Promise<{ commitOnceAwaited(): Promise<void> }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("begin");
  await client.query(`create schema "${schema}"`);
  const isAwaited = async () => {
    // Within a transaction the view stays as it was first read.
    await client.query("select pg_stat_clear_snapshot()");
    const { rows } = await client.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return rows.length > 0;
  };
  return {
    async commitOnceAwaited() {
      while (!(await isAwaited())) await sleep(20);
      await client.query("commit");
      await client.end();
    },
  };
}
