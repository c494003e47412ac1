import { describeLosses } from "@bridgekit/client";
import { SyncError } from "../../errors/sync-error.ts";
import { NOTHING_BEFORE, readLivePatiently, readReceipt, type Before, type BeforeOptions } from "../guard/before.ts";
import { findLosses, type FoundLosses, type Read } from "../guard/find-losses.ts";
import { readOnce } from "../read-once.ts";

/** What an operator approved, to compare the run with it. */
export interface Approval {
  /** Returns undefined if the run takes away exactly what was approved. */
  check(read: Read): Promise<SyncError | undefined>;
}

/**
 * Reads everything once without pushing, so that nothing is pushed from a system other than the one that was planned. An
 * approval covers what is taken away; what is created and updated may differ.
 *
 * @throws SyncError APPROVAL with the hash of what would happen now.
 */
export async function openApproval(options: BeforeOptions, hash: string): Promise<Approval> {
  const before = await readBefore(options);
  const check = async (read: Read, consequence: string) => {
    const found = await findLosses(before, read);
    return found.hash === hash ? undefined : notApproved(found, hash, consequence);
  };
  const refusal = await check(await readOnce(options), "Nothing was pushed");
  if (refusal) throw refusal;
  return { check: (read) => check(read, "Nothing of it was kept") };
}

/** Reads what a plan compares with: what is live if the Bridge lists it, otherwise what the last completed run read. */
async function readBefore(options: BeforeOptions): Promise<Before> {
  const live = await readLivePatiently(options);
  if (live) return live;
  const last = await options.receipts?.latest("completed");
  return last ? readReceipt(last, options.receipts!) : NOTHING_BEFORE;
}

function notApproved({ losses, hash }: FoundLosses, approved: string, consequence: string): SyncError {
  const lost = losses.filter((loss) => loss.lost > 0);
  return new SyncError(
    "APPROVAL",
    `What was approved (${approved}) is not what this sync would take away now: it would ` +
      `${lost.length > 0 ? describeLosses(lost) : "take nothing away"}. ${consequence}. Look at it with ` +
      `\`bridgekit plan\`; the hash is ${hash} now.`,
  );
}
