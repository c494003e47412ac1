import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";
import { deleteEvents } from "./delete-events.ts";
import { deleteSessions } from "./delete-sessions.ts";
import { deleteTasks } from "./delete-tasks.ts";

const REFUSALS_PER_STEP = 1_000;

/** The number of deleted rows of each. */
export interface Deleted {
  sessions: number;
  tasks: number;
  events: number;
  refusals: number;
}

/**
 * Deletes what ended before `cutoff`: sync sessions with their changes, tasks with their history, events, refused
 * calls. Live records stay, and so does the audit trail of changes.
 *
 * It works in small steps, so no lock is held for long. Several processes may do it at the same time; an abort stops it
 * between two steps, and the next run continues.
 */
export async function deleteExpired(
  database: Kysely<Tables>,
  { cutoff, signal }: { cutoff: Date; signal?: AbortSignal },
): Promise<Deleted> {
  const sessions = await runSteps(deleteSessions(database, cutoff), signal);
  const tasks = await runSteps(deleteTasks(database, cutoff), signal);
  const events = await runSteps(deleteEvents(database, cutoff), signal);
  const refusals = await runSteps(deleteRefusals(database, cutoff), signal);
  return { sessions, tasks, events, refusals };
}

/** Runs steps to the end or until the signal aborts, and returns the sum of what they yield. */
export async function runSteps(steps: AsyncGenerator<number>, signal?: AbortSignal): Promise<number> {
  let sum = 0;
  for await (const count of steps) {
    sum += count;
    if (signal?.aborted) break;
  }
  return sum;
}

/** Deletes the audit entries of calls that were refused before `cutoff`; yields the number after each step. */
async function* deleteRefusals(database: Kysely<Tables>, cutoff: Date): AsyncGenerator<number> {
  for (let deleted = REFUSALS_PER_STEP; deleted === REFUSALS_PER_STEP;) {
    const { numDeletedRows } = await database
      .deleteFrom("audit_entries")
      .where("id", "in", (query) =>
        query
          .selectFrom("audit_entries")
          .select("id")
          .where("refused_at", "<", cutoff)
          .orderBy("refused_at")
          .limit(REFUSALS_PER_STEP),
      )
      .executeTakeFirst();
    deleted = Number(numDeletedRows);
    yield deleted;
  }
}
