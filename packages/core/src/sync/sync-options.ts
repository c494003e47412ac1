import type { BridgeClient, SyncProgress } from "@bridgekit/client";
import type { Connection } from "../connector/create-connection.ts";
import type { ReceiptStore } from "../state/receipt-store.ts";
import type { RetryOptions } from "../retry.ts";
import type { Usage } from "../run-context.ts";
import type { Incomplete } from "./incomplete.ts";
import type { BadRecordReport } from "./record/bad-records.ts";

export interface SyncOptions {
  bridge: BridgeClient;
  appId: string;
  connection: Connection;
  signal?: AbortSignal;
  /**
   * The receipts of this app. With them a run knows what the last one read: too many removals and other credentials are
   * noticed, and what has changed can be read by itself.
   */
  receipts?: ReceiptStore;
  /** Hash of a plan: exactly the removals and lost refs in it may happen, whatever the guard thinks of them. */
  approve?: string;
  /** Seconds after which everything is read again, where the connector tells changes; 86,400 where absent. */
  fullEverySeconds?: number;
  /** Reads everything, also where only changes are due. */
  full?: boolean;
  /** How many partial runs in a row may have the same reason before `incomplete.isRecurring`; 3 where absent. */
  recurringAfterRuns?: number;
  /** Stops at the first record or field that is wrong, instead of collecting them. */
  stopAtFirstBadRecord?: boolean;
  /** Most pages that may be on their way to the Bridge at a time; how many there are depends on how it answers. */
  pagesInFlight?: number;
  /** Seconds to wait for the Bridge to apply the session. */
  reconciliationTimeoutSeconds?: number;
  /** How calls to the Bridge are retried. */
  retry?: RetryOptions;
  /** Called after each page that the Bridge has. */
  onProgress?: (progress: { slug: string; pushed: number }) => void;
  now?: () => Date;
}

export interface SyncResult {
  syncId: string;
  /** Whether everything was read, or what had changed. */
  mode: "full" | "changes";
  /**
   * `completed`: the full truth was told. `updated`: the changes were told. `abandoned`: something was missing, so
   * nobody was removed.
   */
  status: "completed" | "updated" | "abandoned";
  /** Why it was abandoned. */
  missing: readonly string[];
  /** Since when the app has not been read completely; absent where it has. Without `receipts` only this run is known. */
  incomplete?: Incomplete;
  /** Which refs are not known, and why: accounts keep those that the Bridge has. It may be completed all the same. */
  unknownRefs: readonly string[];
  /** Records pushed, by slug. */
  pushed: Readonly<Record<string, number>>;
  /**
   * Records whose id came before in the same stream, by slug; only types that have any. Of two that are on their way side
   * by side either may be the one that stays.
   */
  duplicates: Readonly<Record<string, number>>;
  /** Records that were not sent, because they are wrong. */
  badRecords: BadRecordReport;
  /** Optional fields that were left out of records, because they are wrong; the records were sent without them. */
  badFields: BadRecordReport;
  /** What the Bridge says of the session. */
  progress: readonly SyncProgress[];
  /** What it took of the system. */
  usage: Usage;
}
