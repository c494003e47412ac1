export { ApiError, isApiError } from "./api-error.ts";
export { createClient, type BridgeClient, type CallOptions, type ClientOptions } from "./create-client.ts";
export type { RecordFilter, TaskFilter } from "./create-client.ts";
export type * from "./models.ts";
export type { components, operations, paths } from "./openapi.ts";
export { isUnreachableError, UnreachableError } from "./unreachable-error.ts";
