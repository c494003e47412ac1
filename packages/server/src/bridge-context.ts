import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { AuditTrail } from "./audit/audit-trail.ts";
import type { Refusals } from "./audit/refusals.ts";
import type { Tables } from "./database/schema.ts";
import type { DeletionWorker } from "./deletion/deletion-worker.ts";
import type { ByteBudget } from "./http/byte-budget.ts";
import type { EventLog } from "./events/event-log.ts";
import type { Authenticator } from "./keys/authenticate.ts";
import type { CallLimits } from "./operations/call-limits.ts";
import type { Metrics } from "./operations/metrics.ts";
import type { RateLimiter } from "./operations/rate-limit.ts";
import type { ReconciliationQueue } from "./sync/reconcile/reconciliation-queue.ts";

/** What every room of the server is given. */
export interface BridgeContext {
  database: Kysely<Tables>;
  /** Why the database can't be used again before the process ends. */
  databaseFailure: () => Error | undefined;
  authenticator: Authenticator;
  audit: AuditTrail;
  /** Deletes in the background what was ordered to be deleted. */
  deletions: DeletionWorker;
  refusals: Refusals;
  events: EventLog;
  reconciliations: ReconciliationQueue;
  now: () => Date;
  /** For how many days a session may be open or held; `null` for ever. */
  sessionDays: number | null;
  logger: Logger;
  metrics: Metrics;
  rateLimiter: RateLimiter;
  /** What each key may have in progress. */
  callLimits: CallLimits;
  /** Aborts when the Bridge begins to stop: whoever answers slowly, by a long poll or a stream, ends its answer then. */
  stopping: AbortSignal;
  bodyLimitBytes: number;
  /** What the bodies of all requests may hold together. */
  bodies: ByteBudget;
}
