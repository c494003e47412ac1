import { type Kysely, sql } from "kysely";
import type { Logger } from "pino";
import type { Tables } from "../database/schema.ts";
import { toLoggable } from "../loggable-error.ts";

const DATABASE_LIMIT_MS = 5_000;

/** Returns why the Bridge should receive no requests now; undefined if it should. */
export type Readiness = () => Promise<string | undefined>;

export function createReadiness({
  database,
  databaseFailure,
  stopping,
  logger,
}: {
  database: Kysely<Tables>;
  databaseFailure: () => Error | undefined;
  stopping: AbortSignal;
  logger: Logger;
}): Readiness {
  let running: Promise<boolean> | undefined;
  // Anybody may ask: simultaneous checks share one query, so a silent database gets no queue of them.
  const responds = () => (running ??= ask(database, logger).finally(() => (running = undefined)));

  return async () => {
    const failure = databaseFailure();
    if (failure) return failure.message;
    if (stopping.aborted) return "The Bridge is stopping.";
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), DATABASE_LIMIT_MS);
    });
    const isResponding = await Promise.race([responds(), late]);
    clearTimeout(timer);
    return isResponding ? undefined : "The database does not respond.";
  };
}

async function ask(database: Kysely<Tables>, logger: Logger): Promise<boolean> {
  try {
    await sql`select 1`.execute(database);
    return true;
  } catch (error) {
    logger.warn({ error: toLoggable(error) }, "the database does not respond");
    return false;
  }
}
