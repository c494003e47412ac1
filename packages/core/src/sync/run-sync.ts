import type { BridgeClient, PushedRecord, SyncProgress } from "@bridgekit/client";
import { PUSH_ORDER } from "../connector/connector.ts";
import type { Connection } from "../connector/create-connection.ts";
import { describeMistake } from "../errors/describe-mistake.ts";
import { isSyncError, SyncError } from "../errors/sync-error.ts";
import type { RetryOptions } from "../retry.ts";
import { createUsage, runContext, type Usage } from "../run-context.ts";
import { checkRefs } from "./check-refs.ts";
import { paginate } from "./paginate.ts";
import { readAhead } from "./read-ahead.ts";
import { PushWindow } from "./push-window.ts";
import { traceStream, traceSync } from "../telemetry/trace-sync.ts";
import { SyncSession } from "./sync-session.ts";

export interface SyncOptions {
  bridge: BridgeClient;
  appId: string;
  connection: Connection;
  signal?: AbortSignal;
  /** Pages that may be on their way to the Bridge at a time. */
  pagesInFlight?: number;
  /** Seconds to wait for the Bridge to apply the session. */
  foldTimeoutSeconds?: number;
  /** How calls to the Bridge are retried. */
  retry?: RetryOptions;
  /** Called after each page that the Bridge has. */
  onProgress?: (progress: { slug: string; pushed: number }) => void;
}

export interface SyncResult {
  syncId: string;
  /** `completed`: the full truth was told. `abandoned`: something was missing, so nobody was removed. */
  status: "completed" | "abandoned";
  /** Why it was abandoned. */
  missing: readonly string[];
  /** Records pushed, by slug. */
  pushed: Readonly<Record<string, number>>;
  /** What the Bridge says of the session. */
  progress: readonly SyncProgress[];
  /** What it took of the system. */
  usage: Usage;
}

// About what a call to a system brings: while it is answered, there is something to push.
const PAGES_READ_AHEAD = 10;

/**
 * Reads everything that the connector declares and pushes it. The session is completed only if every stream ended by
 * itself and nothing was said to be missing; in any other case it is abandoned, which removes nobody.
 *
 * @throws SyncError where reading, pushing or applying failed.
 */
export function runSync(options: SyncOptions): Promise<SyncResult> {
  return traceSync(options, runSession);
}

async function runSession(options: SyncOptions): Promise<SyncResult> {
  const { bridge, appId, signal, foldTimeoutSeconds = 600 } = options;
  await using session = await SyncSession.start({ bridge, appId, signal, retry: options.retry });
  const { pushed, missing, usage } = await pushEverything(session, options);
  if (missing.length > 0) {
    await session.abandon();
    const { progress } = await session.read();
    return { syncId: session.id, status: "abandoned", missing, pushed, progress, usage };
  }
  await session.complete();
  const { progress } = await session.waitUntilFolded(foldTimeoutSeconds);
  return { syncId: session.id, status: "completed", missing, pushed, progress, usage };
}

async function pushEverything(session: SyncSession, options: SyncOptions) {
  const { connection, pagesInFlight = 8, onProgress } = options;
  const { connector, client, logger } = connection;
  const end = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, end.signal]) : end.signal;
  const missing: string[] = [];
  const pushed: Record<string, number> = {};
  const window = new PushWindow(pagesInFlight);
  const usage = createUsage();
  let reading = "";

  async function pushStream(slug: string): Promise<void> {
    pushed[slug] = 0;
    const partial = (reason: string) => void missing.push(`${slug}: ${connection.redact(reason)}`);
    const records = connector.sync[slug]!({ client, logger, signal, partial }) as AsyncIterable<PushedRecord>;
    for await (const page of readAhead(paginate(records), { limit: PAGES_READ_AHEAD, signal })) {
      signal.throwIfAborted();
      page.forEach(checkRefs);
      await window.add(async () => {
        await session.push(slug, page);
        pushed[slug]! += page.length;
        onProgress?.({ slug, pushed: pushed[slug]! });
      });
    }
    await window.drain();
    // A stream that returns because it was stopped has not ended by itself.
    signal.throwIfAborted();
  }

  try {
    for (const slug of slugsInPushOrder(connection)) {
      reading = slug;
      await runContext.run({ signal, work: "sync", usage }, () => traceStream(slug, () => pushStream(slug)));
    }
  } catch (error) {
    throw toSyncError(error, connection, { signal: options.signal, what: `stream "${reading}"` });
  } finally {
    // Abandoning keeps what was pushed, so let the pages on their way arrive first; what is still read is not wanted.
    end.abort();
    await window.settle();
  }
  return { pushed, missing, usage };
}

function slugsInPushOrder({ connector }: Connection): string[] {
  const types = Object.entries(connector.resourceTypes);
  return PUSH_ORDER.flatMap((kind) => types.filter(([, { type }]) => type === kind).map(([slug]) => slug));
}

function toSyncError(
  error: unknown,
  connection: Connection,
  { signal, what }: { signal: AbortSignal | undefined; what: string },
): SyncError {
  if (isSyncError(error)) return error;
  if (signal?.aborted) return new SyncError("STOPPED", "The sync was stopped; nobody was removed.", { cause: error });
  const reason = connection.redact(describeMistake(error, what));
  return new SyncError("UPSTREAM", `${reason}. The session was abandoned; nobody was removed.`, { cause: error });
}
