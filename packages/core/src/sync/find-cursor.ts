import type { Receipt } from "../receipts/receipt.ts";
import type { SyncOptions } from "./sync-options.ts";

const DAY_SECONDS = 86_400;

/** The cursor to read changes from; `undefined` where everything is to be read. */
export async function findCursor(
  { connection, receipts, fullEverySeconds = DAY_SECONDS, now = () => new Date() }: SyncOptions,
  lastFull: Receipt | undefined,
): Promise<string | undefined> {
  if (!connection.connector.changes || !receipts || !lastFull) return undefined;
  const ageSeconds = (now().getTime() - Date.parse(lastFull.startedAt)) / 1000;
  if (ageSeconds >= fullEverySeconds) return undefined;
  return (await receipts.latest("completed", "updated"))?.cursor;
}
