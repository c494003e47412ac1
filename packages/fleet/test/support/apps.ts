import { sql } from "kysely";
import type { FleetDatabase } from "../../src/database/open-database.ts";
import type { RunKind } from "../../src/database/tables.ts";
import type { FencedRun } from "../../src/state/fence.ts";

let count = 0;

/** Adds the row of an app; returns its id. */
export async function addApp({ kysely }: FleetDatabase, key = `app${++count}`): Promise<string> {
  const org = "https://bridge.example.com/org/acme";
  const id = `${org} ${key}`;
  await kysely
    .insertInto("apps")
    .values({
      id,
      org,
      key,
      name: key,
      zone: "",
      upstream_host: "wiki.example.com",
      credential: "digest",
      schedule: "every 3600 s",
      next_run_at: new Date(),
      seen_at: new Date(),
    })
    .execute();
  return id;
}

/** Begins a run of the app, which fences all earlier ones. */
export async function beginRun({ kysely }: FleetDatabase, app: string, kind: RunKind): Promise<FencedRun> {
  const column = kind === "sync" ? "sync_generation" : "tasks_generation";
  const row = await kysely
    .updateTable("apps")
    .set({ [column]: sql`${sql.ref(column)} + 1` })
    .where("id", "=", app)
    .returning(`${column} as generation`)
    .executeTakeFirstOrThrow();
  return { app, generation: row.generation };
}
