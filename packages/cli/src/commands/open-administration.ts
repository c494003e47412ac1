import { existsSync } from "node:fs";
import { UsageError } from "../usage-error.ts";
import { checkReason } from "./open-bridge.ts";
import { databaseOf, DEFAULT_DATA } from "./open-database.ts";

export interface AdministrationOptions {
  /** Works on the database even if `BRIDGE_URL` is set. */
  database?: boolean;
  /** Folder of the embedded database. */
  data?: string;
  json?: boolean;
  /** Why, for the audit trail. */
  reason?: string;
}

/** Whether `BRIDGE_URL` and `BRIDGE_API_KEY` are set and neither `--database` nor `--data` is given. */
export function isOverHttp({ database, data }: AdministrationOptions, env: NodeJS.ProcessEnv): boolean {
  return Boolean(env["BRIDGE_URL"] && env["BRIDGE_API_KEY"]) && !database && data === undefined;
}

/**
 * Opens organisations and keys directly on the database. Imports the server late, because most commands do not need it.
 * Creates an embedded database only if `mayCreate`, so that a wrong folder does not become an empty Bridge.
 */
export async function openAdministration(
  { data = DEFAULT_DATA, reason }: AdministrationOptions,
  env: NodeJS.ProcessEnv,
  { mayCreate = false } = {},
) {
  checkReason(reason);
  const database = databaseOf({ data }, env);
  if (database.kind === "pglite" && !mayCreate && !existsSync(data))
    throw new UsageError(
      `There is no database in ${data}. Set BRIDGE_URL and BRIDGE_API_KEY of a running Bridge, or give its database with ` +
        `DATABASE_URL or --data DIR.`,
    );
  const server = await import("@bridgekit/server");
  return server.openAdministration(database, { reason });
}
