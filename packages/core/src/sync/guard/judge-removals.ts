import type { Kind } from "@bridgekit/client";
import type { Receipt } from "../../receipts/receipt.ts";
import type { ReceiptStore } from "../../receipts/receipt-store.ts";
import type { RecordHashes } from "../plan/record-hashes.ts";

/** More than this share of a type, or of all types of a kind, is too much, if it is so many at least. */
const MAX_SHARE = 0.2;
const FEWEST = 10;

interface Loss {
  /** `type "team"`, `all groups together`. */
  what: string;
  had: number;
  lost: number;
  /** Nothing of it was read at all. */
  isGone: boolean;
}

/**
 * Compares what was read with what the last completed run read. Answers what would be lost where that is too much, in
 * words; `undefined` where it is not. Costs a pass over the ids and no call.
 */
export async function judgeRemovals(
  last: Receipt,
  store: ReceiptStore,
  read: ReadonlyMap<string, RecordHashes>,
): Promise<string | undefined> {
  const losses: Loss[] = [];
  const byKind = new Map<Kind, Loss>();
  for (const [slug, { type, read: told, duplicates }] of Object.entries(last.types)) {
    const had = told - duplicates;
    // A type that the connector does not declare any more is read as empty.
    const lost = (await read.get(slug)?.countMissing(store.ids(last, slug))) ?? had;
    const isGone = had > 0 && (read.get(slug)?.count ?? 0) === 0;
    losses.push({ what: `type "${slug}"`, had, lost, isGone });
    // A kind is gone only where each of its types is, which is told already.
    const all = byKind.get(type) ?? { what: `all ${type} types together`, had: 0, lost: 0, isGone: false };
    byKind.set(type, { ...all, had: all.had + had, lost: all.lost + lost });
  }
  const tooMuch = losses.filter(isTooMuch);
  if (tooMuch.length === 0) tooMuch.push(...[...byKind.values()].filter(isTooMuch));
  return tooMuch.length === 0
    ? undefined
    : tooMuch.map(({ what, had, lost }) => `${lost} of ${had} records of ${what}`).join(", ");
}

function isTooMuch({ had, lost, isGone }: Loss): boolean {
  return isGone || (lost >= FEWEST && lost > had * MAX_SHARE);
}
