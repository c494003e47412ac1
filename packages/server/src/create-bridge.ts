import { destination, type Logger, pino } from "pino";
import type { BridgeContext } from "./bridge-context.ts";
import { createHandlers } from "./create-handlers.ts";
import { type DatabaseOptions, openDatabase } from "./database/open-database.ts";
import { createEventLog } from "./events/event-log.ts";
import { createApp } from "./http/create-app.ts";
import { createAuthenticator } from "./keys/authenticate.ts";
import { toLoggable } from "./loggable-error.ts";
import { type Administration, createAdministration } from "./orgs/administration.ts";
import { createFoldQueue } from "./sync/fold-queue.ts";

export interface BridgeOptions {
  database: DatabaseOptions;
  /** Warnings and errors to stderr where absent. */
  logger?: Logger;
  now?: () => Date;
  /** The largest request body; 8 MiB where absent. */
  bodyLimitBytes?: number;
  /** How often a fold that failed is tried again before its session ends with an error; 5 where absent. */
  foldRetryLimit?: number;
}

/** A running Bridge: answers requests, folds sessions in the background, and is administered by its methods. */
export interface Bridge extends Administration, AsyncDisposable {
  /** Answers a request in process, exactly as over HTTP. */
  fetch(request: Request): Promise<Response>;
  /** Resolves once every session that was ended has been folded. */
  whenFolded(): Promise<void>;
  /** Ends long polls and streams, finishes the fold that is running and closes the database. */
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
  logger = pino({ level: "warn" }, destination(2)),
  now = () => new Date(),
  bodyLimitBytes = 8 * 1024 * 1024,
  foldRetryLimit = 5,
}: BridgeOptions): Promise<Bridge> {
  const database = await openDatabase(databaseOptions, (error) => {
    logger.error({ error: toLoggable(error) }, "a connection to the database broke");
  });
  try {
    const events = await createEventLog(database, { now, logger });
    const folds = await createFoldQueue(database, { now, logger, retryLimit: foldRetryLimit });
    const authenticator = createAuthenticator(database.kysely, now);
    const stop = new AbortController();
    const context: BridgeContext = {
      database: database.kysely,
      authenticator,
      events,
      folds,
      now,
      logger,
      stopping: stop.signal,
      bodyLimitBytes,
    };
    const app = createApp(createHandlers(context), context);
    let closing: Promise<void> | undefined;
    const close = () =>
      (closing ??= (async () => {
        stop.abort(new Error("The Bridge is stopping."));
        await folds.close();
        await events.close();
        await database.close();
      })());
    return {
      ...createAdministration(database.kysely, { now, forgetKey: (id) => authenticator.forget(id) }),
      fetch: async (request) => app.fetch(request),
      whenFolded: () => folds.whenFolded(),
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
