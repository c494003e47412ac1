import { existsSync } from "node:fs";
import type { BridgeOptions, DatabaseBackend } from "@bridgekit/server";
import { UsageError } from "../usage-error.ts";

export interface DatabaseOptions {
  /** Folder of the embedded database. */
  data: string;
}

export const DEFAULT_DATA = ".bridge/data";

const BACKENDS = ["postgres", "citus", "yugabytedb", "cockroachdb"] as const satisfies DatabaseBackend[];

/**
 * Returns the PostgreSQL of `DATABASE_URL`, or the embedded database in a folder if it is not set.
 * `BRIDGE_DATABASE_BACKEND` names the product at that address if it is not PostgreSQL itself.
 */
export function databaseOf({ data }: DatabaseOptions, environment: NodeJS.ProcessEnv): BridgeOptions["database"] {
  const url = environment["DATABASE_URL"];
  const backend = toBackend(environment["BRIDGE_DATABASE_BACKEND"]);
  if (url) return { kind: "postgres", url, ...(backend && { backend }) };
  if (backend) throw new Error(`BRIDGE_DATABASE_BACKEND is ${backend}, but DATABASE_URL is not set; set both.`);
  return { kind: "pglite", dataDir: data };
}

/** Throws if the embedded database does not exist, so that a wrong folder does not become an empty Bridge. */
export function requireDatabase({ data }: DatabaseOptions, environment: NodeJS.ProcessEnv): void {
  if (databaseOf({ data }, environment).kind === "pglite" && !existsSync(data))
    throw new UsageError(
      `There is no database in ${data}. Give its folder with --data DIR, or a PostgreSQL with DATABASE_URL.`,
    );
}

function toBackend(text: string | undefined): DatabaseBackend | undefined {
  if (!text) return undefined;
  const backend = BACKENDS.find((name) => name === text);
  if (backend === undefined)
    throw new Error(`BRIDGE_DATABASE_BACKEND is "${text}"; it must be one of ${BACKENDS.join(", ")}.`);
  return backend;
}
