// For authors of connectors. Runners of connectors also import `@bridgekit/core/run`.

export type { RecordStatus, Ref, RefChange, TaskAction, TaskPayload } from "@bridgekit/client";
export type { Access, Change, Changes as AccessChanges, CreateOnce, Found, Values, Wish } from "./access/access.ts";
export { createRefsByAccount } from "./access/refs-by-account.ts";
export { isSameIdentity, toIdentity } from "./access/identity.ts";
export type {
  AccountPayload,
  AccountState,
  CheckResult,
  Connector,
  ConnectorContext,
  ConnectTools,
  SyncContext,
  TaskContext,
  Verify,
} from "./connector/connector.ts";
export { defineConnector, type ConnectorDefinition } from "./connector/define-connector.ts";
export { lazy } from "./connector/lazy.ts";
export { toOptionalText, toTexts } from "./connector/to-optional-text.ts";
export type { ResourceTypes } from "./connector/resource-types.ts";
export { ConfigError } from "./errors/config-error.ts";
export { CursorExpiredError } from "./errors/cursor-expired-error.ts";
export { isTaskError, TaskError } from "./errors/task-error.ts";
export { isUpstreamError, refusalOf, undefinedOn, UpstreamError, type Effect } from "./errors/upstream-error.ts";
export type { Auth, Token } from "./http/auth/renew-token.ts";
export type { ErrorResponse, ErrorExplanation } from "./http/response/error-response.ts";
export type { Http, HttpRequest } from "./http/http.ts";
export { createOAuth, type OAuthGrant } from "./http/auth/create-oauth.ts";
export { urlPath } from "./http/request/path.ts";
export type { RateLimitResponse } from "./http/rate-limiter/rate-limit.ts";
export type { Logger } from "./logger.ts";
export { pageByCursor, type CursorPage } from "./lists/by-cursor.ts";
export { pageByLink } from "./lists/by-link.ts";
export { pageByOffset, type OffsetPage } from "./lists/by-offset.ts";
export { pageByToken, type TokenPage } from "./lists/by-token.ts";
