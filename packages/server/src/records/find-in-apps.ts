import { type RawBuilder, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { ListedRecord } from "./list-records.ts";
import { toLiveRecord } from "./to-live-record.ts";

/** In the order of their creation; more are not looked at. */
const MOST_APPS = 5_000;

export type FoundRow = ListedRecord & { app_name: string };

/** Which records of all apps. */
interface Search {
  kind: components["schemas"]["Kind"];
  /** Of an entry `found` of the index. */
  isHit: RawBuilder<boolean>;
  /** Of the row of `records` that the entry leads to. */
  isRight: RawBuilder<boolean>;
  after: readonly string[] | undefined;
  limit: number;
}

/** Each type of the kind of each app is looked up in the index by itself, and their first ones are merged. */
export function recordsOf(orgId: string, { kind, isHit, isRight, after, limit }: Search) {
  const next =
    after === undefined
      ? sql``
      : sql`and found.term >= ${after[0]}
          and (found.term, found.app_id, found.slug, found.id) > (${after[0]}, ${after[1]}::uuid, ${after[2]}, ${after[3]})`;
  return sql<FoundRow>`
    select found_record.*, app.name as app_name from (
      select id, name, clone_group_id from apps where org_id = ${orgId} order by created_at, id limit ${MOST_APPS}
    ) app
    join resource_types type on type.clone_group_id = app.clone_group_id and type.type = ${kind}
    cross join lateral (
      select record.*, found.term from record_terms found
      cross join lateral (
        select * from records
        where records.app_id = found.app_id and records.slug = found.slug and records.id = found.id and ${isRight}
        limit 1
      ) record
      where found.app_id = app.id and found.slug = type.slug and ${isHit} ${next}
      order by found.term, found.id limit ${limit}
    ) found_record
    order by found_record.term, found_record.app_id, found_record.slug, found_record.id limit ${limit}
  `;
}

export function toFound(
  { app_id, app_name, slug, data, removed_at: removedAt, created_version }: FoundRow,
  kind: components["schemas"]["Kind"],
): components["schemas"]["FoundRecord"] {
  const record = toLiveRecord(data, { kind, removedAt, isStub: created_version === null });
  return { app_id, app_name, slug, record };
}
