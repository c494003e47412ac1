import type { BridgeOptions } from "@bridgekit/server";

export interface DatabaseOptions {
  /** Folder of the embedded database. */
  data: string;
}

/** PostgreSQL where `DATABASE_URL` names one, else the embedded database in a folder. */
export function databaseOf({ data }: DatabaseOptions, environment: NodeJS.ProcessEnv): BridgeOptions["database"] {
  const url = environment["DATABASE_URL"];
  return url ? { kind: "postgres", url } : { kind: "pglite", dataDir: data };
}
