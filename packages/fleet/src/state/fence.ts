import { type Kysely, type RawBuilder, sql } from "kysely";
import type { RunKind, Tables } from "../database/tables.ts";
import { StaleGenerationError } from "./stale-generation-error.ts";

/** A run that writes state of its app. */
export interface FencedRun {
  /** Id of the app in the fleet. */
  app: string;
  /** Of the run's kind: syncs write receipts, tasks the journal. */
  generation: number;
  /** Called when a write is refused because a newer run has begun, so that this one stops. */
  onStale?: (error: StaleGenerationError) => void;
}

/**
 * The row of the app if its newest run is this one, as a query for the `with` of a write: a write that selects from it
 * writes nothing after a newer run has begun. Its lock makes the beginning of a newer run wait until the write is
 * committed, so that the newer run reads it.
 */
export function fence(kind: RunKind, { app, generation }: FencedRun): RawBuilder<unknown> {
  const column = sql.ref(kind === "sync" ? "sync_generation" : "tasks_generation");
  return sql`select id from fleet.apps where id = ${app} and ${column} = ${generation}::bigint for share`;
}

/** Tells the run that it is stale, and returns the error to throw. */
export function toStale(what: string, run: FencedRun): StaleGenerationError {
  const error = new StaleGenerationError(what, run);
  run.onStale?.(error);
  return error;
}

/** Runs in the transaction that is open already, or in a new one. */
export function inTransaction<T>(
  database: Kysely<Tables>,
  work: (transaction: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  return database.isTransaction ? work(database) : database.transaction().execute(work);
}
