import type { BridgeClient, SyncProgress } from "@bridgekit/client";
import type { Connection } from "../connector/create-connection.ts";
import type { BadRecordReport, Incomplete } from "../state/receipt.ts";
import type { ReceiptStore } from "../state/receipt-store.ts";
import type { RetryOptions } from "../retry.ts";
import type { Usage } from "../run-context.ts";

export interface SyncOptions {
  bridge: BridgeClient;
  appId: string;
  connection: Connection;
  signal?: AbortSignal;
  /**
   * The receipts of this app. With them a run knows what the last one read: it notices too many removals and other
   * credentials, and can read only what has changed.
   */
  receipts?: ReceiptStore;
  /**
   * The number of this run, larger for each later run of the app on any machine. The Bridge refuses a start that is older
   * than the newest one, so that a runner that was replaced stops instead of replacing its successor's session.
   */
  generation?: number;
  /** Hash of an approved plan: exactly its removals and lost refs may happen, even if the guard objects. */
  approve?: string;
  /** Seconds after which everything is read again, if the connector has `changes`; 86,400 by default. */
  fullEverySeconds?: number;
  /** Reads everything, even if only changes are due. */
  full?: boolean;
  /** Consecutive partial runs with the same reason until `incomplete.isRecurring`; 3 by default. */
  recurringAfterRuns?: number;
  /** Stops at the first wrong record or field, instead of collecting them. */
  stopAtFirstBadRecord?: boolean;
  /** Most pages in flight to the Bridge; how many there are depends on how fast it responds. */
  pagesInFlight?: number;
  /** Seconds to wait until the Bridge has applied the session; 600 by default. */
  reconciliationTimeoutSeconds?: number;
  /** How calls to the Bridge are retried. */
  retry?: RetryOptions;
  /** Called after each pushed page. */
  onProgress?: (progress: { slug: string; pushed: number }) => void;
  now?: () => Date;
}

export interface SyncResult {
  syncId: string;
  /** Whether everything was read, or only changes. */
  mode: "full" | "changes";
  /**
   * `completed`: everything was pushed. `updated`: the changes were pushed. `abandoned`: something was missing, so nobody
   * was removed.
   */
  status: "completed" | "updated" | "abandoned";
  /** Why the session was abandoned. */
  missing: readonly string[];
  /** Since when the app has not been read completely; absent if it has. Without `receipts` only this run counts. */
  incomplete?: Incomplete;
  /** Which refs are unknown, and why: accounts keep those that the Bridge knows. The run may complete all the same. */
  unknownRefs: readonly string[];
  /** Records pushed, by slug. */
  pushed: Readonly<Record<string, number>>;
  /**
   * Records whose id came before in the same stream, by slug; only types that have any. If two are in flight at once, either
   * may win.
   */
  duplicates: Readonly<Record<string, number>>;
  /** Wrong records, which were not sent. */
  badRecords: BadRecordReport;
  /** Wrong optional fields, which were left out; the records were sent without them. */
  badFields: BadRecordReport;
  /** The progress of the session on the Bridge. */
  progress: readonly SyncProgress[];
  /** What the run asked of the system. */
  usage: Usage;
}
