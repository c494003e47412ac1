import { isCursorExpiredError } from "../errors/cursor-expired-error.ts";
import { findCursor } from "../state/find-cursor.ts";
import { traceSync } from "../telemetry/trace-sync.ts";
import { syncDelta } from "./delta.ts";
import { syncFull } from "./full.ts";
import { knowsRefs } from "./guard/before.ts";
import { Guard, toGuardError } from "./guard/guard.ts";
import { openApproval } from "./plan/open-approval.ts";
import { readOnce } from "./read-once.ts";
import { ReceiptWriter } from "./receipt-writer.ts";
import { toSyncResult, type RunEnd } from "./run-end.ts";
import type { SyncOptions, SyncResult } from "./sync-options.ts";

const DAY_SECONDS = 86_400;

/**
 * Reads what the connector declares and pushes it. The session is completed only if every stream ended by itself, nothing
 * was reported missing, every record was sent, and the guard does not object; otherwise it is abandoned, which removes
 * nobody. If the connector has `changes`, most runs read only those.
 *
 * @throws SyncError if reading, pushing or applying failed, or if an operator has to look at it first.
 */
export function runSync(options: SyncOptions): Promise<SyncResult> {
  return traceSync(options, run);
}

async function run(options: SyncOptions): Promise<SyncResult> {
  const writer = await ReceiptWriter.begin(options);
  const end = await readAndPush(options, writer).catch((error: unknown): RunEnd => ({
    mode: "full",
    status: "failed",
    error,
  }));
  if (end.status === "failed") {
    // The caller sees the error that ended the run.
    await writer.write(end).catch((cause: unknown) => {
      const fields = { appId: options.appId, error: (cause as Error).message };
      options.connection.logger.error(fields, "the receipt of a failed sync was not kept");
    });
    throw end.error;
  }
  const incomplete = writer.judge(end);
  const result = toSyncResult(end, incomplete);
  await writer.write(end, incomplete);
  return result;
}

async function readAndPush(options: SyncOptions, writer: ReceiptWriter): Promise<RunEnd> {
  const { last, hasOtherCredentials } = writer;
  const guard = new Guard({ ...options, last, hasOtherCredentials });
  const approval = options.approve === undefined ? undefined : await openApproval(options, options.approve);
  if (!approval && hasOtherCredentials) await checkCredentials(options, guard);
  const cursor = approval || hasOtherCredentials ? undefined : await toCursor(options, writer);
  if (cursor === undefined) return syncFull(options, { guard, approval });
  const end = await syncDelta(options, { guard, cursor });
  if (end.status !== "failed" || !isCursorExpiredError(end.error)) return end;
  const fields = { appId: options.appId, error: end.error.message };
  options.connection.logger.info(fields, "the cursor is too old; everything is read");
  return syncFull(options, { guard, approval });
}

/** The cursor of a run that reads changes; undefined for a full one. */
async function toCursor(options: SyncOptions, { last }: ReceiptWriter): Promise<string | undefined> {
  const { connection, receipts, full = false, fullEverySeconds = DAY_SECONDS, now = () => new Date() } = options;
  // A guard that does not know what accounts referred to can't judge changes.
  if (full || !connection.connector.changes || !receipts || !last || !knowsRefs(last)) return undefined;
  return findCursor(receipts, { lastFull: last, fullEverySeconds, now: now() });
}

/**
 * Other addresses, names or secrets may show another system, or fewer people. So everything is read once before anything
 * is pushed: if nearly everything that the last good run read is there, it is the same system.
 *
 * @throws SyncError CREDENTIALS
 */
async function checkCredentials(options: SyncOptions, guard: Guard): Promise<void> {
  const { ids, refs } = await readOnce(options);
  const objection = await guard.judge({ ids, refs, end: "complete" });
  if (objection) throw toGuardError(objection, "Nothing was pushed");
  options.connection.logger.info(
    { appId: options.appId },
    "the config has other addresses, names or secrets than at the last good run; it shows the same system",
  );
}
