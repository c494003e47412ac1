import type { Selectable } from "kysely";
import { findApp } from "../apps/find-app.ts";
import { noSuchType, type ResourceType, resourceTypesOf } from "../apps/resource-types.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import { decodeCursor, encodeCursor, toPage } from "../http/cursor.ts";
import { NotFoundError } from "../http/http-error.ts";
import type { Handlers } from "../http/operation.ts";
import { linkTo } from "../http/page-links.ts";
import type { VerifiedKey } from "../keys/authenticate.ts";
import { listById, listByText, type ListedRecord } from "./list-records.ts";
import { readRefFilters } from "./record-filter.ts";
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
      const refs = readRefFilters(query, types);
      const after = decodeCursor(cursor, text === undefined ? 1 : 2);
      const asked = { appId: path.app_id, slug: path.slug, kind, status, refs, limit, after };
      const { rows, isCut, lookedTo } = await (text === undefined
        ? listById(database, asked)
        : listByText(database, text, asked));
      const { page, cursor: nextPlace } = toPage(rows, limit, toPlace, isCut);
      const nextCursor = nextPlace ?? (lookedTo && encodeCursor(lookedTo));
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

// The order of the list.
function toPlace({ term, id }: ListedRecord): readonly string[] {
  return term === undefined ? [id] : [term, id];
}

function toRecord(
  { data, removed_at: removedAt, created_version: createdVersion }: Selectable<Tables["records"]>,
  kind: ResourceType["type"],
) {
  return toLiveRecord(data, { kind, removedAt, isStub: createdVersion === null });
}
