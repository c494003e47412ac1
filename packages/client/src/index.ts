export { ApiError, isApiError } from "./api-error.ts";
export { createClient, type BridgeClient, type CallOptions, type ClientOptions } from "./create-client.ts";
export type { RecordFilter, TaskFilter, WaitOptions } from "./create-client.ts";
export type { EventOptions, ReceivedEvent } from "./follow-events.ts";
export type * from "./models.ts";
export { readNetworkFailure, type NetworkFailure } from "./network-failure.ts";
export type { components, operations, paths } from "./openapi.ts";
export { parseRetryAfter } from "./retry-after.ts";
export { isUnreachableError, UnreachableError } from "./unreachable-error.ts";
