// For authors: what it takes to write a connector. Who runs connectors imports `@bridgekit/core/run` as well.

export type { Ref, RefChange, TaskAction } from "@bridgekit/client";
export { isSameIdentity, toIdentity } from "./access/identity.ts";
export type {
  AccountState,
  CheckResult,
  Connector,
  ConnectTools,
  PayloadOf,
  SyncContext,
  TaskContext,
} from "./connector/connector.ts";
export { defineConnector, type ConnectorDefinition } from "./connector/define-connector.ts";
export { perRun } from "./connector/per-run.ts";
export { toOptionalText } from "./connector/to-optional-text.ts";
export type { ResourceTypes } from "./connector/resource-types.ts";
export { ConfigError } from "./errors/config-error.ts";
export { CursorExpiredError } from "./errors/cursor-expired-error.ts";
export { isTaskError, TaskError } from "./errors/task-error.ts";
export { isUpstreamError, UpstreamError, type Effect } from "./errors/upstream-error.ts";
export type { ErrorAnswer, ErrorExplanation } from "./http/error-answer.ts";
export type { Http } from "./http/create-http.ts";
export { urlPath } from "./http/path.ts";
export type { RateLimitAnswer } from "./http/rate-limit.ts";
export type { HttpRequest } from "./http/request-parts.ts";
export type { Logger } from "./logger.ts";
export { pageByCursor, type CursorPage } from "./paging/page-by-cursor.ts";
export { pageByLink } from "./paging/page-by-link.ts";
export { pageByOffset, type OffsetPage } from "./paging/page-by-offset.ts";
export { pageByToken, type TokenPage } from "./paging/page-by-token.ts";
