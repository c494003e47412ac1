import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { ResourceType } from "../../apps/resource-types.ts";
import type { RecordData } from "../../database/tables/records.ts";
import type { Tables } from "../../database/schema.ts";
import { toLiveRecord } from "../../records/to-live-record.ts";
import { withKeptRefs } from "../reconcile/kept-refs.ts";
import { withoutMarks } from "../reconcile/pushed-records.ts";
import type { Session } from "../find-session.ts";

type Change = components["schemas"]["Change"];

export interface ChangeRow {
  slug: string;
  id: string;
  change: Change["change"];
  before: RecordData | null;
  before_removed_at: Date | null;
  after: RecordData | null;
  /** Whether only refs had named it before. */
  was_stub: boolean;
}

/** Which changes of a session, in the order of slug and id. */
export interface ChangeFilter {
  change?: Change["change"] | undefined;
  slug?: string | undefined;
  /** Slug and id of the last change that was read before. */
  after?: readonly string[] | undefined;
  limit: number;
}

/** Records of which only the changes are read. */
export interface RecordPlaces {
  slugs: readonly string[];
  ids: readonly string[];
}

export const CHANGE_SORTS: readonly Change["change"][] = ["created", "updated", "removed"];

/**
 * Created records are those whose first version is the session's own; a held session has none yet and stores them with
 * its other changes. The state after a change is the state before the record's next change, or the live one; for a held
 * session it is in its page.
 */
export async function readChanges(
  database: Kysely<Tables>,
  session: Session,
  { change, slug, after, limit }: ChangeFilter,
  among?: RecordPlaces,
): Promise<ChangeRow[]> {
  const next = after === undefined ? sql`` : sql`and (slug, id) > (${after[0]}, ${after[1]})`;
  const ofType = slug === undefined ? sql`` : sql`and slug = ${slug}`;
  const wanted =
    among === undefined
      ? sql``
      : sql`and (slug, id) in (select * from unnest(${[...among.slugs]}::text[], ${[...among.ids]}::text[]))`;
  const record = sql`(page.records::jsonb -> (change.ordinal - 1))`;
  const kept = { before: sql.ref("change.before"), slugs: sql.ref("change.unknown_refs") };
  const written = (change === undefined ? CHANGE_SORTS : [change]).map(
    (sort) => sql`
      (select session_id, app_id, version, slug, id, change, before, before_removed_at, position, ordinal, unknown_refs, after
        from record_changes
        where session_id = ${session.id} and ${
          among === undefined ? behind({ sort, slug, after }) : sql`change = ${sort} ${ofType} ${next} ${wanted}`
        }
        order by change, slug, id limit ${limit})`,
  );
  const { rows } = await sql<ChangeRow>`
    with change as (
      ${sql.join(written, sql` union all `)}
      union all
      (select ${session.id}::uuid, app_id, created_version, slug, id, 'created', null, null, null, null, null, null
        from records
        where app_id = ${session.app_id} and created_version = ${session.version}
          and ${change === undefined || change === "created"}::boolean ${ofType} ${next} ${wanted}
        order by slug, id limit ${limit})
    ), page as materialized (
      select position, records, continued, unknown_refs from sync_pages
      where session_id = ${session.id} and position in (select position from change where version is null)
    )
    select change.slug, change.id, change.change, change.before, change.before_removed_at,
      case when change.change = 'removed' then null else coalesce(
        change.after,
        (select next.before from record_changes next
          where next.app_id = change.app_id and next.slug = change.slug and next.id = change.id
            and next.version > change.version and next.before is not null
          order by next.version limit 1),
        case when change.version is null
          then (select ${withKeptRefs(sql.ref("pushed.data"), kept)} from page
            cross join lateral (select ${withoutMarks(record, sql.ref("change.ordinal"))} as data) pushed
            where page.position = change.position)
          else (select live.data from records live
            where live.app_id = change.app_id and live.slug = change.slug and live.id = change.id) end
      ) end as after,
      exists (select from records live
        where live.app_id = change.app_id and live.slug = change.slug and live.id = change.id
          and (live.created_version is null or live.created_version > change.version)) as was_stub
    from change
    order by change.slug, change.id limit ${limit}
  `.execute(database);
  return rows;
}

/**
 * Whether a change is of a sort and comes after a place, as the index has them that begins with the sort. With `change =
 * sort` a planner that expects few rows may take the primary key, and read all changes of the session to find none of it.
 */
function behind({ sort, slug, after }: Pick<ChangeFilter, "slug" | "after"> & { sort: Change["change"] }) {
  const [fromSlug, fromId] = after ?? [slug ?? "", ""];
  const isBehind = sql`(change, slug, id) > (${sort}, ${fromSlug}, ${fromId})`;
  if (slug === undefined) return sql`${isBehind} and change <= ${sort}`;
  return sql`${isBehind} and (change, slug) <= (${sort}, ${slug}) and slug = ${slug}`;
}

export function toChange(
  { slug, id, change, before, before_removed_at: removedAt, after, was_stub: isStub }: ChangeRow,
  kind: ResourceType["type"] | undefined,
): Change {
  return {
    slug,
    id,
    change,
    before: before === null ? null : toLiveRecord(before, { kind, removedAt, isStub }),
    after: after === null ? null : toLiveRecord(after, { kind, removedAt: null, isStub: false }),
  };
}
