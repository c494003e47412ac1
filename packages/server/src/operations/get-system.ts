import { statfs } from "node:fs/promises";
import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import manifest from "../../package.json" with { type: "json" };
import type { BridgeContext } from "../bridge-context.ts";
import type { DatabaseProduct } from "../database/database.ts";
import { readMigration } from "../database/migrate.ts";
import type { Tables } from "../database/schema.ts";
import { MOST_COUNTED, toBounded } from "../http/bounded-count.ts";
import { openapiDocument } from "../http/openapi-document.ts";
import type { Handler } from "../http/operation.ts";

type System = components["schemas"]["System"];

/** `system/`: what an operator asks of the Bridge itself. It names no address, no folder and no secret. */
export function createGetSystem({ database, now, sessionDays, system }: BridgeContext): Handler<"getSystem"> {
  const startedAt = now().toISOString();
  return async () => ({
    status: 200,
    body: {
      versions: { bridge: manifest.version, contract: openapiDocument.info.version, node: process.version },
      started_at: startedAt,
      database: { ...(await readDatabase(database, system.product)), connections: system.load() },
      queue: await readQueue(database, now()),
      retention: { days: system.retentionDays, session_days: sessionDays, lag_seconds: system.retentionLag() },
    },
  });
}

async function readDatabase(
  database: Kysely<Tables>,
  { name, folder }: DatabaseProduct,
): Promise<Omit<System["database"], "connections">> {
  const { rows } = await sql<{ version: string }>`select version() as version`.execute(database);
  return {
    product: name,
    // `PostgreSQL 18.4 on x86_64-pc-linux-gnu, compiled by ...`
    version: (rows[0]?.version ?? "").replace(/(?:,| on ).*$/s, "").slice(0, 255),
    migration: (await readMigration(database)) ?? "",
    size_bytes: await readSize(database),
    disk: folder === undefined ? null : await readDisk(folder),
  };
}

/** Not every product can tell. */
async function readSize(database: Kysely<Tables>): Promise<number | null> {
  try {
    const { rows } = await sql<{ size: number }>`
      select pg_database_size(current_database())::bigint as size
    `.execute(database);
    return rows[0]?.size ?? null;
  } catch {
    return null;
  }
}

async function readDisk(folder: string): Promise<System["database"]["disk"]> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { free_bytes: bavail * bsize, total_bytes: blocks * bsize };
}

async function readQueue(database: Kysely<Tables>, now: Date): Promise<System["queue"]> {
  const { rows } = await sql<{ reconciliations: number; due: Date | null; deletions: number; ordered: Date | null }>`
    select
      (select count(*)::int from (
        select from sync_sessions where reconciliation = 'due' limit ${MOST_COUNTED + 1}) due) as reconciliations,
      (select min(ended_at) from (
        select ended_at from sync_sessions where reconciliation = 'due' limit ${MOST_COUNTED}) due) as due,
      (select count(*)::int from (select from deletions limit ${MOST_COUNTED + 1}) ordered) as deletions,
      (select ordered_at from deletions order by ordered_at limit 1) as ordered
  `.execute(database);
  const { reconciliations = 0, due = null, deletions = 0, ordered = null } = rows[0] ?? {};
  const ageOf = (at: Date | null) => (at === null ? 0 : Math.max(0, (now.getTime() - at.getTime()) / 1000));
  return {
    reconciliations: { ...toBounded(reconciliations), oldest_seconds: ageOf(due) },
    deletions: { ...toBounded(deletions), oldest_seconds: ageOf(ordered) },
  };
}
