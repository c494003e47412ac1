import { type Logger, pino } from "pino";
import { createAuditTrail } from "./audit/audit-trail.ts";
import { Refusals } from "./audit/refusals.ts";
import type { BridgeContext } from "./bridge-context.ts";
import { createHandlers } from "./create-handlers.ts";
import { DatabaseFailure } from "./database/embedded/database-failure.ts";
import type { DatabaseOptions } from "./database/database.ts";
import { openDatabase } from "./database/open-database.ts";
import { DeletionWorker } from "./deletion/deletion-worker.ts";
import { createEventLog, type EventLog } from "./events/event-log.ts";
import { ByteBudget } from "./http/byte-budget.ts";
import type { AppEnvironment } from "./http/app-environment.ts";
import { createApp } from "./http/create-app.ts";
import { UnreadResponses } from "./http/unread-responses.ts";
import { createAuthenticator } from "./keys/authenticate.ts";
import { openLog } from "./log.ts";
import { toLoggable } from "./loggable-error.ts";
import { CallLimits, type KeyLimits } from "./operations/call-limits.ts";
import { createMetrics } from "./operations/metrics.ts";
import { readState } from "./operations/state.ts";
import { createRateLimiter, type RateLimit } from "./operations/rate-limit.ts";
import { type Administration, createAdministration } from "./orgs/administration.ts";
import { checkDays, startRetention } from "./retention/start-retention.ts";
import { withPeople } from "./sign-in/authenticate-browser.ts";
import { createSignIn } from "./sign-in/sign-in.ts";
import type { SignInOptions } from "./sign-in/sign-in-options.ts";
import { createReconciliationQueue } from "./sync/reconcile/reconciliation-queue.ts";

export interface BridgeOptions {
  database: DatabaseOptions;
  /** By default warnings and errors go to stderr. */
  logger?: Logger;
  now?: () => Date;
  /** The largest request body; 8 MiB by default. */
  bodyLimitBytes?: number;
  /**
   * The largest total size of request bodies in memory, of which one organisation may use half; further bodies wait. 64
   * MiB by default.
   */
  bodiesLimitBytes?: number;
  /** The rate limit of one key; 1000 requests in 1 second by default, `null` for none. */
  rateLimit?: RateLimit | null;
  /** What one key may have in flight; 1000 calls, 2000 long polls and 100 event streams and exports by default. */
  keyLimits?: Partial<KeyLimits>;
  /** How often a failed reconciliation is retried before its session ends with an error; 5 by default. */
  reconciliationRetryLimit?: number;
  /**
   * Days that ended sync sessions, ended tasks and events are kept; 90 by default, `null` for ever. Live records and
   * the audit trail of changes are never deleted.
   */
  retentionDays?: number | null;
  /**
   * Days that a sync session may be open or held by the removal guard; 30 by default, `null` for ever. Then it is
   * abandoned and nothing of it is applied. Held sessions are announced a week before.
   */
  sessionDays?: number | null;
  /** How people sign in to the console; by sign-in links and pasted API keys alone if absent. */
  signIn?: SignInOptions;
}

/**
 * A running Bridge: handles requests, reconciles sessions in the background, and has methods for its administration.
 */
export interface Bridge extends Administration, AsyncDisposable {
  /**
   * Handles a request in process, exactly as over HTTP; `address` is the client's, if it is known, and `read` resolves
   * once the client has read the response or has gone.
   */
  fetch(request: Request, from?: Partial<AppEnvironment["Bindings"]>): Promise<Response>;
  /** Resolves once every ended session is reconciled. */
  whenReconciled(): Promise<void>;
  /** Resolves once the index finds members of groups and users of licenses; until then they are found more slowly. */
  whenIndexed(): Promise<void>;
  /** Resolves once the rows of everything deleted are gone; they can't be found before either. */
  whenDeleted(): Promise<void>;
  /**
   * Begins to stop: `/readyz` returns 503, long polls and streams end. Requests are still handled. `close`, and that of
   * a server on this Bridge, call it first.
   */
  beginStop(): void;
  /**
   * Resolves with the reason if the embedded database can't be used any more, for example on a full disk; end the
   * process then.
   */
  failed: Promise<Error>;
  /** Completes requests in flight, finishes the running reconciliation and closes the database. */
  close(): Promise<void>;
}

/**
 * Opens a database and puts a Bridge on it.
 *
 * @example
 * await using bridge = await createBridge({ database: { kind: "pglite", dataDir: "./data" } });
 * await bridge.createOrg("main");
 * const { key } = await bridge.createKey({ org: "main", name: "laptop", role: "admin" });
 * await serve(bridge, { port: 7400 });
 */
export async function createBridge({
  database: databaseOptions,
  logger = pino({ level: "warn" }, openLog(2)),
  now = () => new Date(),
  bodyLimitBytes = 8 * 1024 * 1024,
  bodiesLimitBytes = 64 * 1024 * 1024,
  rateLimit = { requests: 1000, seconds: 1 },
  keyLimits = {},
  reconciliationRetryLimit = 5,
  retentionDays = 90,
  sessionDays = 30,
  signIn: signInOptions = {},
}: BridgeOptions): Promise<Bridge> {
  checkDays("retentionDays", retentionDays);
  checkDays("sessionDays", sessionDays);
  const rateLimiter = createRateLimiter(rateLimit);
  const callLimits = new CallLimits(keyLimits);
  const metrics = createMetrics();
  const stop = new AbortController();
  const beginStop = () => {
    if (!stop.signal.aborted) logger.info("the Bridge is stopping");
    stop.abort(new Error("The Bridge is stopping."));
  };
  const failed = Promise.withResolvers<Error>();
  const database = await openDatabase(databaseOptions, (error) => {
    if (!(error instanceof DatabaseFailure)) {
      logger.error({ error: toLoggable(error) }, "a connection to the database broke");
      return;
    }
    logger.fatal({ error: toLoggable(error) }, "the embedded database failed");
    failed.resolve(error);
    beginStop();
  });
  let events: EventLog | undefined;
  let deletions: DeletionWorker | undefined;
  try {
    const signIn = createSignIn(database.kysely, signInOptions, { now, logger });
    const authenticator = withPeople(createAuthenticator(database.kysely, { now, logger }), signIn.sessions);
    const log = await createEventLog(database, {
      now,
      logger,
      onOrgDeleted: (orgId) => authenticator.forgetOrg(orgId),
    });
    events = log;
    metrics.watchListeners(() => log.listenerCount());
    deletions = new DeletionWorker(database.kysely, logger);
    const reconciliations = await createReconciliationQueue(database, {
      deletions,
      events,
      now,
      logger,
      metrics,
      retryLimit: reconciliationRetryLimit,
    });
    const audit = createAuditTrail(database.kysely, { now, logger });
    const refusals = new Refusals(database.kysely, { now, logger });
    const retention = startRetention(database, { days: retentionDays, deletions, events: log, now, logger });
    const context: BridgeContext = {
      database: database.kysely,
      databaseFailure: database.failure,
      authenticator,
      audit,
      deletions,
      refusals,
      events,
      reconciliations,
      now,
      sessionDays,
      system: {
        product: database.product,
        load: () => database.load(),
        retentionDays,
        retentionLag: () => retention.lagSeconds(),
      },
      logger,
      metrics,
      rateLimiter,
      signIn,
      callLimits,
      stopping: stop.signal,
      bodyLimitBytes,
      bodies: new ByteBudget({
        most: Math.max(bodyLimitBytes, bodiesLimitBytes),
        mostEach: Math.max(bodyLimitBytes, bodiesLimitBytes / 2),
      }),
      unread: new UnreadResponses(),
    };
    const app = createApp(createHandlers(context), context);
    metrics.watchState({
      state: () => readState(database.kysely, now()),
      load: () => database.load(),
      retentionLag: () => retention.lagSeconds(),
    });
    const requests = new OpenRequests();
    let closing: Promise<void> | undefined;
    const close = () =>
      (closing ??= (async () => {
        beginStop();
        await requests.whenIdle();
        const steps = [retention, reconciliations, context.deletions, context.events, refusals, database];
        for (const step of steps)
          await step.close().catch((error: unknown) => {
            // What needs the failed database can't end well; close the rest all the same.
            if (database.failure() === undefined) throw error;
          });
      })());
    return {
      ...createAdministration(database, {
        now,
        forgetKey: (id) => authenticator.forget(id),
        onOrgDeleted(orgId) {
          authenticator.forgetOrg(orgId);
          context.deletions.wake();
        },
      }),
      fetch: async (request, from = {}) => {
        if (closing !== undefined) return Response.json({ detail: "The Bridge is closed." }, { status: 503 });
        return requests.run(async () => app.fetch(request, from));
      },
      whenReconciled: () => reconciliations.whenReconciled(),
      whenIndexed: () => reconciliations.whenIndexed(),
      whenDeleted: () => context.deletions.whenDone(),
      beginStop,
      failed: failed.promise,
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await deletions?.close();
    await events?.close();
    await database.close();
    throw error;
  }
}

/** Counts the requests in flight, so that stopping can wait for them. */
class OpenRequests {
  #count = 0;
  #idle: (() => void)[] = [];

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#count++;
    try {
      return await work();
    } finally {
      this.#count--;
      if (this.#count === 0) for (const resolve of this.#idle.splice(0)) resolve();
    }
  }

  /** Resolves once none is in flight. */
  async whenIdle(): Promise<void> {
    if (this.#count > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }
}
