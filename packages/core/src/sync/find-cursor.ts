import type { Receipt } from "../state/receipt.ts";
import type { SyncOptions } from "./sync-options.ts";

const DAY_SECONDS = 86_400;

/**
 * The cursor to read changes from; `undefined` where everything is to be read. So it is where a receipt began after now: a
 * clock was wrong, and a cursor that it made may be ahead of changes.
 */
export async function findCursor(
  { connection, receipts, full = false, fullEverySeconds = DAY_SECONDS, now = () => new Date() }: SyncOptions,
  lastFull: Receipt | undefined,
): Promise<string | undefined> {
  if (full || !connection.connector.changes || !receipts || !lastFull) return undefined;
  const ageOf = ({ startedAt }: Receipt) => (now().getTime() - Date.parse(startedAt)) / 1000;
  // Also where a time can't be read, and its age is no number.
  if (!(ageOf(lastFull) >= 0) || ageOf(lastFull) >= fullEverySeconds) return undefined;
  const last = await receipts.latest("completed", "updated");
  return last && ageOf(last) >= 0 ? last.cursor : undefined;
}
