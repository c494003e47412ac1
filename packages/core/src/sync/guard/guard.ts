import { describeLosses, judgeLosses, RUNNER_GUARD, type Loss } from "@bridgekit/client";
import { ifOffered } from "../../if-offered.ts";
import { SyncError } from "../../errors/sync-error.ts";
import type { Receipt } from "../../state/receipt.ts";
import {
  askPatiently,
  knowsRefs,
  NOTHING_BEFORE,
  readLivePatiently,
  readReceipt,
  type Before,
  type BeforeOptions,
} from "./before.ts";
import { findLosses, findLostRefs, type Read } from "./find-losses.ts";

export interface GuardOptions extends BeforeOptions {
  /** The last completed run. */
  last: Receipt | undefined;
  /** Whether the config has other addresses, names or secrets than at the last completed run. */
  hasOtherCredentials: boolean;
  /** What is live, if it was read already. */
  live?: Before | undefined;
}

/** What was read, and how the run would end: it completes and removes what was not read, or keeps what was read. */
export interface Judged extends Read {
  end: "complete" | "keep";
  /** Pushed records that the Bridge had before. */
  known?: number;
}

/** Why an operator has to approve a run. */
export interface Objection {
  code: "REMOVALS" | "CREDENTIALS";
  /** The rest of a sentence after "This sync ". */
  reason: string;
  /** Whether remaining accounts would lose access: then the run is discarded. */
  takesAccess: boolean;
}

/** Other credentials that show this share of the ids of the last good run show the same system. */
const SAME_SYSTEM = 0.95;

/** Judges what a run would take away before anything is taken. */
export class Guard {
  readonly #options: GuardOptions;
  #before: Promise<Before> | undefined;

  constructor(options: GuardOptions) {
    this.#options = options;
  }

  /** Returns undefined if the run may go on. */
  async judge(read: Judged): Promise<Objection | undefined> {
    const before = await (this.#before ??= this.#readBefore());
    const objection = await this.#compare(read, before);
    if (!objection || before.kind !== "last receipt" || !(await this.#isOutdated())) return objection;
    // What somebody else has synced, by an approval perhaps, is not judged a second time.
    const live = await readLivePatiently(this.#options);
    if (!live) return objection;
    this.#before = Promise.resolve(live);
    return this.#compare(read, live);
  }

  async #compare(read: Judged, before: Before): Promise<Objection | undefined> {
    if (before.kind === "nothing") return read.end === "complete" ? this.#judgeUnknown(read) : undefined;
    const { losses } = await findLosses(before, read);
    const isOther = this.#options.hasOtherCredentials && !isSameSystem(losses);
    const judged = read.end === "complete" || isOther ? losses : losses.filter(({ of }) => of === "refs");
    const held = judgeLosses(judged, isOther ? "strict" : RUNNER_GUARD);
    if (held.length === 0) return undefined;
    const what = `${describeLosses(held)}, compared with ${this.#describe(before)}`;
    const takesAccess = held.some(({ of }) => of === "refs");
    if (!isOther) return { code: "REMOVALS", reason: `would ${what}`, takesAccess };
    const reason =
      `has other addresses, names or secrets in its config than the last good run, and does not show the same ` +
      `system: it would ${what}`;
    return { code: "CREDENTIALS", reason, takesAccess };
  }

  /**
   * Whether the accounts in `read` lose too much, as far as receipts show without a call. Then nothing of a failed run may
   * be kept.
   */
  async takesAccess(read: Read): Promise<boolean> {
    const { last, receipts } = this.#options;
    if (!last || !receipts || !knowsRefs(last)) return false;
    return judgeLosses(await findLostRefs(readReceipt(last, receipts), read), RUNNER_GUARD).length > 0;
  }

  async #readBefore(): Promise<Before> {
    const { last, receipts, live } = this.#options;
    const receipt = last && receipts ? readReceipt(last, receipts) : undefined;
    if (receipt && knowsRefs(last!)) return receipt;
    return live ?? (await readLivePatiently(this.#options)) ?? receipt ?? NOTHING_BEFORE;
  }

  /** Whether another run than the last one that is known here was the last to be applied. */
  async #isOutdated(): Promise<boolean> {
    const { bridge, appId, last, signal } = this.#options;
    if (appId === undefined || last?.syncId === undefined) return false;
    const findApplied = async () => {
      for await (const { sync_id, status } of bridge.listSyncs(appId, { ...(signal && { signal }) }))
        if (status === "completed") return sync_id;
      return undefined;
    };
    const applied = await askPatiently(() => ifOffered(findApplied), this.#options, "the list of sessions");
    return applied !== undefined && applied !== last.syncId;
  }

  #describe(before: Before): string {
    return before.kind === "last receipt"
      ? `the last good run (${this.#options.last!.endedAt})`
      : "what is live on the Bridge";
  }

  /** Judges a run without an earlier one, on a Bridge that does not list its records. */
  async #judgeUnknown({ ids, known = 0 }: Judged): Promise<Objection | undefined> {
    const { bridge, appId, receipts, connection } = this.#options;
    const readApp = (id: string) => askPatiently(() => ifOffered(() => bridge.getApp(id)), this.#options, "the app");
    const app = appId === undefined ? undefined : await readApp(appId);
    const isNew = appId === undefined || app?.last_synced_at === null;
    const hasBeenSynced = app?.last_synced_at != null || (receipts !== undefined && known > 0);
    const isEmpty = !isNew && [...ids.values()].every(({ added }) => added === 0);
    if (hasBeenSynced || isEmpty)
      return {
        code: "REMOVALS",
        reason:
          `would make everything inactive that it did not read${isEmpty ? ", and it read nothing at all" : ""}; how much that ` +
          `is can't be known, because no earlier run is known here and this Bridge does not list its records`,
        takesAccess: true,
      };
    if (!isNew) {
      const message =
        "no earlier run is known here and this Bridge does not list its records: what this sync removes can't be judged";
      connection.logger.warn({ appId }, message);
    }
    return undefined;
  }
}

/** Makes the error that stops a run. `consequence`: what happened to what was pushed. */
export function toGuardError({ code, reason }: Objection, consequence: string): SyncError {
  return new SyncError(
    code,
    `This sync ${reason}. ${consequence}. If that is right, look at it with \`bridgekit plan\` and let it pass with ` +
      `\`bridgekit sync --approve HASH\`.`,
  );
}

function isSameSystem(losses: readonly Loss[]): boolean {
  const records = losses.filter(({ of }) => of === "records");
  const live = records.reduce((sum, loss) => sum + loss.live, 0);
  const lost = records.reduce((sum, loss) => sum + loss.lost, 0);
  return lost <= live * (1 - SAME_SYSTEM);
}
