import type { Receipt } from "./receipt.ts";
import type { ReceiptStore } from "./receipt-store.ts";

interface CursorOptions {
  /** The last run that read everything. */
  lastFull: Receipt;
  /** Seconds after which everything is read again. */
  fullEverySeconds: number;
  now: Date;
}

/**
 * The cursor to read changes from; undefined if everything is to be read. So it is if a receipt began after now: a clock
 * was wrong, and the cursor of that run may lie behind changes that were never read.
 */
export async function findCursor(
  receipts: ReceiptStore,
  { lastFull, fullEverySeconds, now }: CursorOptions,
): Promise<string | undefined> {
  const ageOf = ({ startedAt }: Receipt) => (now.getTime() - Date.parse(startedAt)) / 1000;
  const age = ageOf(lastFull);
  // The age of an unreadable time is NaN.
  if (!(age >= 0 && age < fullEverySeconds)) return undefined;
  const last = await receipts.latest("completed", "updated");
  return last && ageOf(last) >= 0 ? last.cursor : undefined;
}
