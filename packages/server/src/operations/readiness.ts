import { type Kysely, sql } from "kysely";
import type { Logger } from "pino";
import type { Tables } from "../database/schema.ts";
import { toLoggable } from "../loggable-error.ts";

const DATABASE_LIMIT_MS = 5_000;

export interface Readiness {
  /** Why the Bridge should receive no requests now; absent if it should. */
  reason?: string;
  /** What it can't do all the same. */
  warning?: string;
}

type DatabaseState = "writable" | "read-only" | "silent";

const READINESS: Readonly<Record<DatabaseState, Readiness>> = {
  writable: {},
  "read-only": {
    warning: "The database allows no changes now, like a standby: reads work, and each change gets 503.",
  },
  silent: { reason: "The database does not respond." },
};

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
}): () => Promise<Readiness> {
  let running: Promise<DatabaseState> | undefined;
  // Anybody may ask: simultaneous checks share one query, so a silent database gets no queue of them.
  const look = () => (running ??= ask(database, logger).finally(() => (running = undefined)));

  return async () => {
    const failure = databaseFailure();
    if (failure) return { reason: failure.message };
    if (stopping.aborted) return { reason: "The Bridge is stopping." };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<"silent">((resolve) => {
      timer = setTimeout(() => resolve("silent"), DATABASE_LIMIT_MS);
    });
    const state = await Promise.race([look(), late]);
    clearTimeout(timer);
    return READINESS[state];
  };
}

async function ask(database: Kysely<Tables>, logger: Logger): Promise<DatabaseState> {
  try {
    return (await isReadOnly(database)) ? "read-only" : "writable";
  } catch (error) {
    logger.warn({ error: toLoggable(error) }, "the database does not respond");
    return "silent";
  }
}

/** Whether the database allows no changes, as a standby or by a setting. */
export async function isReadOnly(database: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ setting: string }>`
    select current_setting('transaction_read_only') as setting
  `.execute(database);
  return rows[0]?.setting === "on";
}
