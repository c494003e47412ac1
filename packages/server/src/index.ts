export { createBridge, type Bridge, type BridgeOptions } from "./create-bridge.ts";
export { restoreBackup } from "./backup/restore-backup.ts";
export { writeBackup } from "./backup/write-backup.ts";
export { serve, type RunningServer, type ServeOptions } from "./serve.ts";
export type { DatabaseBackend, DatabaseOptions } from "./database/database.ts";
export type { Role } from "./database/schema.ts";
export type { RateLimit } from "./operations/rate-limit.ts";
export type { Administration, ApiKey, KeyOptions, Org } from "./orgs/administration.ts";
export { openAdministration } from "./orgs/open-administration.ts";
