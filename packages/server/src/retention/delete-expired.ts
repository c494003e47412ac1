import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";
import { deleteEvents } from "./delete-events.ts";
import { deleteRefusals } from "./delete-refusals.ts";
import { deleteSessions } from "./delete-sessions.ts";
import { deleteTasks } from "./delete-tasks.ts";

/** How many of each were deleted. */
export interface Deleted {
  sessions: number;
  tasks: number;
  events: number;
  refusals: number;
}

/**
 * Deletes what ended before `cutoff`: sync sessions with their changes, tasks with their history, events, refused calls.
 * What is live stays, and so does what the audit trail has of changes.
 *
 * It goes in small steps, so that no lock is held for long. Several processes may do it at the same time; an abort ends
 * it between two steps, and the next one goes on from there.
 */
export async function deleteExpired(
  database: Kysely<Tables>,
  { cutoff, signal }: { cutoff: Date; signal?: AbortSignal },
): Promise<Deleted> {
  const count = async (steps: AsyncGenerator<number>): Promise<number> => {
    let sum = 0;
    for await (const deleted of steps) {
      sum += deleted;
      if (signal?.aborted) break;
    }
    return sum;
  };
  const sessions = await count(deleteSessions(database, cutoff));
  const tasks = await count(deleteTasks(database, cutoff));
  const events = await count(deleteEvents(database, cutoff));
  const refusals = await count(deleteRefusals(database, cutoff));
  return { sessions, tasks, events, refusals };
}
