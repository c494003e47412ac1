import { existsSync } from "node:fs";
import type { BridgeOptions, DatabaseBackend } from "@bridgekit/server";
import { UsageError } from "../usage-error.ts";

export interface DatabaseOptions {
  /** Folder of the embedded database. */
  data: string;
}

/** Folder of the embedded database, where none is given. */
export const USUAL_DATA = ".bridge/data";

const BACKENDS = ["postgres", "citus", "yugabytedb", "cockroachdb"] as const satisfies DatabaseBackend[];

/**
 * PostgreSQL where `DATABASE_URL` names one, else the embedded database in a folder. `BRIDGE_DATABASE_BACKEND` says what
 * answers at that address, where it is not PostgreSQL itself.
 */
export function databaseOf({ data }: DatabaseOptions, environment: NodeJS.ProcessEnv): BridgeOptions["database"] {
  const url = environment["DATABASE_URL"];
  const backend = toBackend(environment["BRIDGE_DATABASE_BACKEND"]);
  if (url) return { kind: "postgres", url, ...(backend && { backend }) };
  if (backend) throw new Error(`BRIDGE_DATABASE_BACKEND is ${backend}, but DATABASE_URL is not set; set it as well.`);
  return { kind: "pglite", dataDir: data };
}

/** Throws where there is no embedded database to work on: a mistaken folder must not become an empty Bridge. */
export function requireDatabase({ data }: DatabaseOptions, environment: NodeJS.ProcessEnv): void {
  if (databaseOf({ data }, environment).kind === "pglite" && !existsSync(data))
    throw new UsageError(`There is no database in ${data}. Name it by --data DIR, or a PostgreSQL by DATABASE_URL.`);
}

function toBackend(text: string | undefined): DatabaseBackend | undefined {
  if (!text) return undefined;
  const backend = BACKENDS.find((name) => name === text);
  if (backend === undefined)
    throw new Error(`BRIDGE_DATABASE_BACKEND is "${text}"; it must be one of ${BACKENDS.join(", ")}.`);
  return backend;
}
