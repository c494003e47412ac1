import { type ExpressionBuilder, type Selectable, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { findApp } from "../apps/find-app.ts";
import { noSuchType, resourceTypesOf } from "../apps/resource-types.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import { isStorable } from "../http/check-json.ts";
import { NotFoundError, problem } from "../http/http-error.ts";
import type { Handlers } from "../http/operation.ts";
import { linkTo } from "../http/page-links.ts";
import type { VerifiedKey } from "../keys/authenticate.ts";

type LiveRecord = components["schemas"]["LiveRecord"];
type RecordStatus = components["schemas"]["RecordStatus"];
type RecordHandlers = Pick<Handlers, "listRecords" | "getRecord">;

export function createRecordHandlers({ database }: BridgeContext): RecordHandlers {
  async function checkTarget(key: VerifiedKey, { app_id, slug }: { app_id: string; slug: string }): Promise<void> {
    const app = await findApp(database, key, app_id);
    const types = await resourceTypesOf(database, app.clone_group_id);
    if (!types.some((type) => type.slug === slug)) throw noSuchType(slug);
  }

  return {
    async listRecords({ key, path, query: { status, limit = 50, cursor }, url }) {
      await checkTarget(key, path);
      const after = cursor === undefined ? undefined : decodeCursor(cursor);
      if (after === null) return problem(400, "cursor: is none of ours; take it from the next of the page before");
      const rows = await database
        .selectFrom("records")
        .selectAll()
        .where("app_id", "=", path.app_id)
        .where("slug", "=", path.slug)
        .$if(after !== undefined, (query) => query.where("id", ">", after ?? ""))
        .$if(status !== undefined, (query) => query.where((row) => hasStatus(row, status ?? "active")))
        .orderBy("id")
        .limit(limit + 1)
        .execute();
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      const next = last === undefined ? null : linkTo(url, { limit, cursor: encodeCursor(last.id) });
      return { status: 200, body: { records: page.map(toLiveRecord), next } };
    },

    async getRecord({ key, path }) {
      await checkTarget(key, path);
      const row = await database
        .selectFrom("records")
        .selectAll()
        .where("app_id", "=", path.app_id)
        .where("slug", "=", path.slug)
        .where("id", "=", path.record_id)
        .executeTakeFirst();
      if (row === undefined) throw new NotFoundError(`No ${path.slug} has the id ${path.record_id}.`);
      return { status: 200, body: toLiveRecord(row) };
    },
  };
}

function hasStatus(row: ExpressionBuilder<Tables, "records">, status: RecordStatus) {
  const pushed = sql<string>`coalesce(data ->> 'status', 'active')`;
  switch (status) {
    case "active":
      return row.and([row("removed_at", "is", null), row(pushed, "not in", ["inactive", "suspended"])]);
    case "inactive":
      return row.or([row("removed_at", "is not", null), row(pushed, "=", status)]);
    case "suspended":
      return row.and([row("removed_at", "is", null), row(pushed, "=", status)]);
    default:
      status satisfies never;
      return sql<boolean>`false`;
  }
}

function toLiveRecord({ data, removed_at, created_version }: Selectable<Tables["records"]>): LiveRecord {
  return {
    ...data,
    status: removed_at === null ? toStatus(data["status"]) : "inactive",
    removed_at: removed_at?.toISOString() ?? null,
    ...(created_version === null && { stub: true }),
  };
}

// A group or license may carry a field of this name that means something of its own; `hasStatus` agrees with this.
function toStatus(status: unknown): RecordStatus {
  return status === "inactive" || status === "suspended" ? status : "active";
}

function encodeCursor(id: string): string {
  return Buffer.from(id, "utf8").toString("base64url");
}

function decodeCursor(cursor: string): string | null {
  const id = Buffer.from(cursor, "base64url").toString("utf8");
  return encodeCursor(id) === cursor && isStorable(id) ? id : null;
}
