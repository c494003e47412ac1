import { existsSync } from "node:fs";
import { UsageError } from "../usage-error.ts";
import { databaseOf, USUAL_DATA } from "./open-database.ts";

export interface AdministrationOptions {
  /** Works on the database also where `BRIDGE_URL` names a Bridge. */
  database?: boolean;
  /** Folder of the embedded database. */
  data?: string;
  json?: boolean;
}

/** Where `BRIDGE_URL` and `BRIDGE_API_KEY` name a Bridge and neither `--database` nor `--data` is given. */
export function isOverHttp({ database, data }: AdministrationOptions, env: NodeJS.ProcessEnv): boolean {
  return Boolean(env["BRIDGE_URL"] && env["BRIDGE_API_KEY"]) && !database && data === undefined;
}

/**
 * Organisations and keys, on the database itself. The server is loaded only now: most commands do without. An embedded
 * database is made only where `mayCreate` says so: a mistaken folder must not become an empty Bridge.
 */
export async function openAdministration(
  { data = USUAL_DATA }: AdministrationOptions,
  env: NodeJS.ProcessEnv,
  { mayCreate = false } = {},
) {
  const database = databaseOf({ data }, env);
  if (database.kind === "pglite" && !mayCreate && !existsSync(data))
    throw new UsageError(
      `There is no database in ${data}. Name a running Bridge by BRIDGE_URL and BRIDGE_API_KEY, or its database by ` +
        `DATABASE_URL or --data DIR.`,
    );
  const server = await import("@bridgekit/server");
  return server.openAdministration(database);
}
