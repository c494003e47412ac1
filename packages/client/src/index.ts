export { ApiError, isApiError } from "./api-error.ts";
export type { CallOptions, ClientOptions, PageOptions } from "./caller.ts";
export { createClient, type BridgeClient, type RecordFilter, type TaskFilter } from "./create-client.ts";
export type { AuditFilter } from "./key-calls.ts";
export type * from "./models.ts";
export { readNetworkFailure, type NetworkFailure } from "./network-failure.ts";
export type { components, operations, paths } from "./openapi.ts";
export { parseRetryAfter } from "./retry-after.ts";
export { isUnreachableError, UnreachableError } from "./unreachable-error.ts";
