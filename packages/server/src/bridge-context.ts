import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { Tables } from "./database/schema.ts";
import type { EventLog } from "./events/event-log.ts";
import type { Authenticator } from "./keys/authenticate.ts";
import type { FoldQueue } from "./sync/fold-queue.ts";

/** What every room of the server is given. */
export interface BridgeContext {
  database: Kysely<Tables>;
  authenticator: Authenticator;
  events: EventLog;
  folds: FoldQueue;
  now: () => Date;
  logger: Logger;
  /** Aborts when the Bridge begins to stop: whoever answers slowly, by a long poll or a stream, ends its answer then. */
  stopping: AbortSignal;
  bodyLimitBytes: number;
}
