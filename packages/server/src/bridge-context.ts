import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { AuditTrail } from "./audit/audit-trail.ts";
import type { Tables } from "./database/schema.ts";
import type { EventLog } from "./events/event-log.ts";
import type { Authenticator } from "./keys/authenticate.ts";
import type { FoldQueue } from "./sync/fold-queue.ts";

/** What every room of the server is given. */
export interface BridgeContext {
  database: Kysely<Tables>;
  authenticator: Authenticator;
  audit: AuditTrail;
  events: EventLog;
  folds: FoldQueue;
  now: () => Date;
  logger: Logger;
  bodyLimitBytes: number;
}
