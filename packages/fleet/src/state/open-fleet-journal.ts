import { createHash } from "node:crypto";
import {
  createRunnerName,
  type JournalEntry,
  type JournalOptions,
  type JournalStorage,
  openJournal,
  type OpenJournal,
} from "@bridgekit/core/run";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/tables.ts";
import { fence, type FencedRun, toStale } from "./fence.ts";

export interface FleetJournalOptions extends JournalOptions {
  /** The name of the runner, if the app has no journal yet. */
  runner?: string;
}

/**
 * Opens the journal of an app in the fleet's database, for a run of its tasks. It may be opened on another machine each
 * time and keeps the name of its runner, so that a run continues what the one before it began.
 *
 * @throws StaleGenerationError from here and from `write` after a newer run of the app's tasks has begun.
 */
export async function openFleetJournal(
  database: Kysely<Tables>,
  run: FencedRun,
  { runner = createRunnerName(), ...options }: FleetJournalOptions = {},
): Promise<OpenJournal> {
  return openJournal(await openStorage(database, run, runner), options);
}

async function openStorage(database: Kysely<Tables>, run: FencedRun, newRunner: string): Promise<JournalStorage> {
  const runner = await keepRunner(database, run, newRunner);
  const rows = await database
    .selectFrom("journal_entries")
    .select(["digest", "entry"])
    .where("app", "=", run.app)
    .orderBy("position")
    .execute();
  const last = await database
    .selectFrom("journal_entries")
    .select((row) => row.fn.max("position").as("position"))
    .where("app", "=", run.app)
    .executeTakeFirst();
  let position = last?.position ?? 0;

  return {
    runner,
    entries: rows.map(({ entry }) => JSON.parse(entry) as JournalEntry),

    async append(entries) {
      // A statement writes a row once.
      const latest = new Map(entries.map((entry) => [toDigest(entry.taskId), JSON.stringify(entry)]));
      const positions = Array.from(latest, () => ++position);
      const { rows: written } = await sql`
        with fence as (${fence("tasks", run)})
        insert into fleet.journal_entries (app, digest, position, entry)
        select fence.id, entry.digest, entry.position, entry.entry
        from fence cross join unnest(
          ${[...latest.keys()]}::text[], ${positions}::bigint[], ${[...latest.values()]}::text[]
        ) entry (digest, position, entry)
        on conflict (app, digest) do update set entry = excluded.entry
        returning 1
      `.execute(database);
      if (written.length === 0) throw toStale("The journal", run);
    },

    async keep(_kept, dropped) {
      if (dropped.length === 0) return;
      const digests = dropped.map(({ taskId }) => toDigest(taskId));
      const { rows: fenced } = await sql`
        with fence as (${fence("tasks", run)}), dropped as (
          delete from fleet.journal_entries entry using fence
          where entry.app = fence.id and entry.digest = any(${digests}::text[])
        )
        select id from fence
      `.execute(database);
      if (fenced.length === 0) throw toStale("The journal", run);
    },

    close: async () => {},
  };
}

/** Returns the name of the runner that the journal belongs to; a new journal gets the given one. */
async function keepRunner(database: Kysely<Tables>, run: FencedRun, runner: string): Promise<string> {
  await sql`
    with fence as (${fence("tasks", run)})
    insert into fleet.journals (app, runner) select fence.id, ${runner} from fence
    on conflict (app) do nothing
  `.execute(database);
  const journal = await database.selectFrom("journals").select("runner").where("app", "=", run.app).executeTakeFirst();
  if (!journal) throw toStale("The journal", run);
  return journal.runner;
}

/** An id may be long, and have characters that no text of a database has; as JSON those are escaped. */
function toDigest(taskId: string): string {
  return createHash("sha256").update(JSON.stringify(taskId)).digest("base64url");
}
