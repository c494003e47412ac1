import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { AuditTrail } from "./audit/audit-trail.ts";
import type { Refusals } from "./audit/refusals.ts";
import type { ConnectionLoad, DatabaseProduct } from "./database/database.ts";
import type { Tables } from "./database/schema.ts";
import type { DeletionWorker } from "./deletion/deletion-worker.ts";
import type { ByteBudget } from "./http/byte-budget.ts";
import type { UnreadResponses } from "./http/unread-responses.ts";
import type { EventLog } from "./events/event-log.ts";
import type { Authenticator } from "./keys/authenticate.ts";
import type { CallLimits } from "./operations/call-limits.ts";
import type { Metrics } from "./operations/metrics.ts";
import type { RateLimiter } from "./operations/rate-limit.ts";
import type { SignIn } from "./sign-in/sign-in.ts";
import type { ReconciliationQueue } from "./sync/reconcile/reconciliation-queue.ts";

/** What every part of the server receives. */
export interface BridgeContext {
  database: Kysely<Tables>;
  /** Why the database can't be used again before the process ends. */
  databaseFailure: () => Error | undefined;
  authenticator: Authenticator;
  audit: AuditTrail;
  /** Carries out ordered deletions in the background. */
  deletions: DeletionWorker;
  refusals: Refusals;
  events: EventLog;
  reconciliations: ReconciliationQueue;
  now: () => Date;
  /** Days that a session may be open or held; `null` for ever. */
  sessionDays: number | null;
  /** About the Bridge itself. */
  system: {
    product: DatabaseProduct;
    load: () => ConnectionLoad;
    /** `null` for ever. */
    retentionDays: number | null;
    /** Seconds since old data was last deleted completely. */
    retentionLag: () => number;
  };
  logger: Logger;
  metrics: Metrics;
  rateLimiter: RateLimiter;
  signIn: SignIn;
  /** Limits what each key has in flight. */
  callLimits: CallLimits;
  /** Aborts when the Bridge begins to stop: long polls and streams end then. */
  stopping: AbortSignal;
  bodyLimitBytes: number;
  /** Limits the bytes of the bodies of all requests together. */
  bodies: ByteBudget;
  /** Limits the bytes of responses that no client reads. */
  unread: UnreadResponses;
}
