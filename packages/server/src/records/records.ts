import { type Selectable, sql } from "kysely";
import { findApp } from "../apps/find-app.ts";
import { noSuchType, type ResourceType, resourceTypesOf } from "../apps/resource-types.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { NotFoundError } from "../http/http-error.ts";
import type { Handlers } from "../http/operation.ts";
import { linkTo } from "../http/page-links.ts";
import type { VerifiedKey } from "../keys/authenticate.ts";
import { readWithin } from "./read-within.ts";
import { hasStatus, holdsText, readRefFilters, refersTo } from "./record-filter.ts";
import { isIndexed, refDigest } from "./ref-index.ts";
import { toLiveRecord } from "./to-live-record.ts";

type RecordHandlers = Pick<Handlers, "listRecords" | "getRecord">;

export function createRecordHandlers({ database }: BridgeContext): RecordHandlers {
  /** The types of the app, and the kind of the one with the slug. */
  async function findTypes(
    key: VerifiedKey,
    { app_id, slug }: { app_id: string; slug: string },
  ): Promise<{ types: ResourceType[]; kind: ResourceType["type"] }> {
    const app = await findApp(database, key, app_id);
    const types = await resourceTypesOf(database, app.clone_group_id);
    const kind = types.find((type) => type.slug === slug)?.type;
    if (kind === undefined) throw noSuchType(slug);
    return { types, kind };
  }

  return {
    async listRecords({ key, path, query, url }) {
      const { status, text, limit = 50, cursor } = query;
      const { types, kind } = await findTypes(key, path);
      const [after] = decodeCursor(cursor, 1) ?? [];
      const [first, ...others] = readRefFilters(query, types);
      let records = database
        .selectFrom("records")
        .selectAll("records")
        .where("records.app_id", "=", path.app_id)
        .where("records.slug", "=", path.slug)
        .orderBy("records.id")
        .limit(limit + 1);
      if (after !== undefined) records = records.where("records.id", ">", after);
      if (status !== undefined) records = records.where((row) => hasStatus(row, status, kind));
      if (text !== undefined) records = records.where(holdsText(text));
      for (const filter of others) records = records.where(refersTo(filter));
      if (first !== undefined && (await isIndexed(database, path.app_id)))
        records = records
          .innerJoin("record_refs as ref", (join) =>
            join
              .onRef("ref.app_id", "=", "records.app_id")
              .onRef("ref.account_slug", "=", "records.slug")
              .onRef("ref.account_id", "=", "records.id"),
          )
          .where("ref.slug", "=", first.slug)
          .where("ref.ref_digest", "=", refDigest(sql`${first.id}`))
          .where("ref.account_id", ">", after ?? "")
          .clearOrderBy()
          .orderBy("ref.account_id");
      // Right after a large fold the index is still behind: the accounts themselves are looked through until then.
      else if (first !== undefined) records = records.where(refersTo(first));
      const { rows, isCut } = await readWithin(database, records);
      const { page, cursor: nextCursor } = toPage(rows, limit, (row) => [row.id], isCut);
      const next = nextCursor === undefined ? null : linkTo(url, { limit, cursor: nextCursor });
      return { status: 200, body: { records: page.map((row) => toRecord(row, kind)), next } };
    },

    async getRecord({ key, path }) {
      const { kind } = await findTypes(key, path);
      const row = await database
        .selectFrom("records")
        .selectAll()
        .where("app_id", "=", path.app_id)
        .where("slug", "=", path.slug)
        .where("id", "=", path.record_id)
        .executeTakeFirst();
      if (row === undefined) throw new NotFoundError(`No ${path.slug} has the id ${path.record_id}.`);
      return { status: 200, body: toRecord(row, kind) };
    },
  };
}

function toRecord(
  { data, removed_at: removedAt, created_version: createdVersion }: Selectable<Tables["records"]>,
  kind: ResourceType["type"],
) {
  return toLiveRecord(data, { kind, removedAt, isStub: createdVersion === null });
}
