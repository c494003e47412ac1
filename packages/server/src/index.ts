export { createBridge, type Bridge, type BridgeOptions } from "./create-bridge.ts";
export { serve, type RunningServer, type ServeOptions } from "./serve.ts";
export type { DatabaseBackend, DatabaseOptions } from "./database/open-database.ts";
export type { Role } from "./database/schema.ts";
export type { Administration, KeyOptions, Org } from "./orgs/administration.ts";
