import { sql } from "kysely";

/** Whether a worker has written a heartbeat within this many seconds, for a query of `workers` without `runs`. */
export const isAlive = (deadAfter: number) =>
  sql<boolean>`heartbeat_at > now() - ${deadAfter}::float8 * interval '1 second'`;
