export { ApiError, isApiError, isNotOffered } from "./api-error.ts";
export type { CallOptions, ClientOptions, CreateOptions, PageOptions } from "./caller.ts";
export { createClient, type BridgeClient, type StartedSession } from "./create-client.ts";
export { describeReadBack } from "./describe-read-back.ts";
export type { EventOptions, ReceivedEvent } from "./follow-events.ts";
export type { AuditFilter } from "./key-calls.ts";
export type * from "./models.ts";
export { readNetworkFailure, type NetworkFailure } from "./network-failure.ts";
export { isPathSegment, isPathSegmentError, PathSegmentError } from "./path-segment.ts";
export type { components, operations, paths } from "./openapi.ts";
export type {
  AppSyncFilter,
  ChangeFilter,
  RecentChangeFilter,
  RecordFilter,
  RecordKey,
  WindowOptions,
} from "./record-calls.ts";
export type { PersonFilter } from "./people-calls.ts";
export type { AppTaskFilter, ClaimedTasks, TaskFilter, WaitOptions } from "./task-calls.ts";
export { DEFAULT_GUARD, describeLosses, judgeLosses, RUNNER_GUARD, type Loss } from "./removal-guard.ts";
export { parseRetryAfter } from "./retry-after.ts";
export { isUnreachableError, UnreachableError } from "./unreachable-error.ts";
