import { describeLosses } from "@bridgekit/client";
import { SyncError } from "../../errors/sync-error.ts";
import { NOTHING_BEFORE, readLivePatiently, readReceipt, type Before, type BeforeOptions } from "../guard/before.ts";
import { findLosses, type FoundLosses, type Read } from "../guard/find-losses.ts";
import { readOnce } from "../read-once.ts";

/** What was approved, while it is carried out. */
export interface Approval {
  /** `undefined` where what was read takes away exactly what was approved. */
  check(read: Read): Promise<SyncError | undefined>;
}

/**
 * Reads everything once without pushing, so that nothing is told of a system that is not the one that was looked at.
 * Only what is taken away was approved; what is created and updated may be other than it was.
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

/** What a plan compares with: what is live where the Bridge lists it, or else what the last completed run read. */
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
