// For runners of connectors: connections, syncs, tasks, and the state that they keep between runs.

export type { Task, TaskPayload, TaskResult } from "@bridgekit/client";
export { announceCapabilities } from "./connector/announce-capabilities.ts";
export { createConfigRedactor, findSecrets } from "./connector/config-schema.ts";
export { createConnection, type Connection, type ConnectionOptions } from "./connector/create-connection.ts";
export { slugsInPushOrder } from "./connector/resource-types.ts";
export { isConfigError } from "./errors/config-error.ts";
export { isCursorExpiredError } from "./errors/cursor-expired-error.ts";
export { isSyncError, needsApproval, SyncError, type SyncErrorCode } from "./errors/sync-error.ts";
export { createHttp } from "./http/create-http.ts";
export { createHosts, type Hosts } from "./http/rate-limiter/hosts.ts";
export type { SharedCall, SharedLimit, SharedPause } from "./http/rate-limiter/shared-limit.ts";
export {
  createMemoryJournal,
  createRunnerName,
  type Journal,
  type JournalEntry,
  type Outcome,
} from "./state/journal.ts";
export { openFileJournal } from "./state/open-file-journal.ts";
export { openJournal, type JournalOptions, type JournalStorage, type OpenJournal } from "./state/open-journal.ts";
export { keepHeapSmall } from "./keep-heap-small.ts";
export { silentLogger } from "./logger.ts";
export { createRedactor, type Redact } from "./redact.ts";
export type { RetryOptions } from "./retry.ts";
export type { Usage } from "./run-context.ts";
export { nextTry } from "./sync/next-try.ts";
export { registerResourceTypes } from "./sync/register-resource-types.ts";
export { openReceiptFolder, type ReceiptFolder, type ReceiptFolderOptions } from "./state/open-receipt-folder.ts";
export {
  chooseReceipts,
  countIds,
  countRefs,
  createMemoryReceipts,
  HASH_BYTES,
  type IdHashes,
  type ReadHashes,
  type ReceiptStore,
} from "./state/receipt-store.ts";
export type { BadRecord, BadRecordReport, Incomplete, Receipt, ReceiptStatus, TypeReceipt } from "./state/receipt.ts";
export { planSync, type PlanOptions, type PlanResult } from "./sync/plan/plan-sync.ts";
export type { TypePlan } from "./sync/plan/change-set.ts";
export { describeBadRecord } from "./sync/record/bad-records.ts";
export { describeIncomplete } from "./sync/incomplete.ts";
export { runSync } from "./sync/run.ts";
export type { SyncOptions, SyncResult } from "./sync/sync-options.ts";
export type { TaskRetryOptions } from "./tasks/backoff.ts";
export { runTasks } from "./tasks/run-tasks.ts";
export type { TaskRunOptions } from "./tasks/task-run-options.ts";
export type { TaskRunResult } from "./tasks/task-runner.ts";
