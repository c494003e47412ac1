export type { Ref, RefChange, Task, TaskAction, TaskErrorCode, TaskPayload, TaskResult } from "@bridgekit/client";
export { isSameIdentity, toIdentity } from "./access/identity.ts";
export type {
  AccountState,
  ChangeOf,
  Changes,
  ChangesOf,
  CheckResult,
  Connector,
  ConnectorContext,
  ConnectTools,
  PayloadOf,
  SyncContext,
  TaskContext,
  TaskHandler,
  Verify,
} from "./connector/connector.ts";
export { createConfigRedactor } from "./connector/config-redactor.ts";
export { createConnection, type Connection, type ConnectionOptions } from "./connector/create-connection.ts";
export { defineConnector, type ConnectorDefinition } from "./connector/define-connector.ts";
export { perRun } from "./connector/per-run.ts";
export { slugsInPushOrder } from "./connector/push-order.ts";
export { toOptionalText } from "./connector/to-optional-text.ts";
export type { AccountOf, RecordOf, RefsOf, ResourceTypeDefinition, ResourceTypes } from "./connector/resource-types.ts";
export { ConfigError, isConfigError } from "./errors/config-error.ts";
export { CursorExpiredError, isCursorExpiredError } from "./errors/cursor-expired-error.ts";
export { isSyncError, needsApproval, SyncError, type SyncErrorCode } from "./errors/sync-error.ts";
export { isTaskError, TaskError } from "./errors/task-error.ts";
export { isUpstreamError, UpstreamError, type Effect, type UpstreamErrorOptions } from "./errors/upstream-error.ts";
export { createHttp } from "./http/create-http.ts";
export type { ErrorAnswer, ErrorExplanation } from "./http/error-answer.ts";
export type { Http, HttpAnswer, HttpEnvironment, HttpOptions } from "./http/create-http.ts";
export { createHosts, type Hosts } from "./http/hosts.ts";
export type { Limits } from "./http/limits.ts";
export { urlPath } from "./http/path.ts";
export type { RateLimit, RateLimitAnswer } from "./http/rate-limit.ts";
export type { HttpRequest } from "./http/request-parts.ts";
export { createMemoryJournal, type Journal, type JournalEntry, type Outcome } from "./journal/journal.ts";
export { openFileJournal, type FileJournal, type FileJournalOptions } from "./journal/open-file-journal.ts";
export { keepHeapSmall } from "./keep-heap-small.ts";
export { silentLogger, type Logger } from "./logger.ts";
export { createRedactor, type Redact } from "./redact.ts";
export type { RetryOptions } from "./retry.ts";
export type { Usage } from "./run-context.ts";
export { registerResourceTypes } from "./sync/register-resource-types.ts";
export { pageByCursor, type CursorPage } from "./paging/page-by-cursor.ts";
export { pageByLink } from "./paging/page-by-link.ts";
export { pageByOffset, type OffsetPage, type OffsetRules } from "./paging/page-by-offset.ts";
export { pageByToken, type TokenPage } from "./paging/page-by-token.ts";
export type { ListRules } from "./paging/page-check.ts";
export { openReceiptFolder, type ReceiptFolderOptions } from "./receipts/open-receipt-folder.ts";
export { createMemoryReceipts, type IdHashes, type ReceiptStore } from "./receipts/receipt-store.ts";
export type { Receipt, ReceiptStatus, TypeReceipt } from "./receipts/receipt.ts";
export { planSync, type PlanOptions, type PlanResult } from "./sync/plan/plan-sync.ts";
export type { TypePlan } from "./sync/plan/change-set.ts";
export { describeBadRecord, type BadRecord, type BadRecordReport } from "./sync/records/bad-records.ts";
export { describeIncomplete, type Incomplete } from "./sync/incomplete.ts";
export { runSync } from "./sync/run-sync.ts";
export type { SyncOptions, SyncResult } from "./sync/sync-options.ts";
export type { TaskRetryOptions } from "./tasks/retry-delay.ts";
export { runTasks, type TaskRunResult } from "./tasks/run-tasks.ts";
export type { TaskRunOptions } from "./tasks/task-run-options.ts";
