import { type Kysely, type RawBuilder, type Selectable, sql } from "kysely";
import type { Tables } from "../database/schema.ts";

export type EntryRow = Omit<Selectable<Tables["audit_entries"]>, "org_id">;

/** Which entries of an organisation. */
export interface AuditFilter {
  orgId: string;
  key_id?: string | undefined;
  actor?: string | undefined;
  operation?: string | undefined;
  app_id?: string | undefined;
  target?: string | undefined;
  text?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

export interface FoundEntries {
  rows: EntryRow[];
  /** Time and id of the last entry that was looked at, if there may be more behind it. */
  lookedTo?: readonly string[];
}

/** The most entries that a page looks at, however few of them match. */
const MOST_LOOKED_AT = 10_000;

/** Entries, newest first, from the one after a place on. */
export async function readEntries(
  database: Kysely<Tables>,
  filter: AuditFilter,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<FoundEntries> {
  const { orgId, since, until } = filter;
  const { indexed, others } = conditionsOf(filter);
  const looked = sql`
    select id, at, key_id, key_name, operation, path, app_id, status, request_id, details, refusals, refused_at
    from audit_entries
    where org_id = ${orgId} ${and(indexed)}
      ${and(since === undefined ? undefined : sql`at >= ${since}::timestamptz`)}
      ${and(until === undefined ? undefined : sql`at < ${until}::timestamptz`)}
      ${and(after && sql`(at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)}
    order by at desc, id desc limit ${MOST_LOOKED_AT}
  `;
  const { rows } = await sql<EntryRow>`
    select * from (${looked}) entry where true ${sql.join(others.map(and), sql` `)}
    order by at desc, id desc limit ${limit}
  `.execute(database);
  if (others.length === 0 || rows.length === limit) return { rows };
  const { rows: last } = await sql<Pick<EntryRow, "at" | "id">>`
    select at, id from (${looked}) entry order by at desc, id desc offset ${MOST_LOOKED_AT - 1}
  `.execute(database);
  return { rows, ...(last[0] && { lookedTo: [last[0].at.toISOString(), last[0].id] }) };
}

/** The one that finds fewest by an index, and others, which are looked for among what that one finds. */
function conditionsOf({ target, key_id, operation, app_id, actor, text }: AuditFilter) {
  const [indexed, ...rest] = [
    target === undefined ? undefined : sql<boolean>`${TARGET} = ${target.toLowerCase()}`,
    key_id === undefined ? undefined : sql<boolean>`key_id = ${key_id}`,
    app_id === undefined ? undefined : sql<boolean>`app_id = ${app_id}`,
    operation === undefined ? undefined : sql<boolean>`operation = ${operation}`,
  ].filter((condition) => condition !== undefined);
  const words = [
    actor === undefined ? undefined : hasWord(sql`key_name`, actor),
    text === undefined ? undefined : hasWord(TEXTS, text),
  ].filter((condition) => condition !== undefined);
  return { indexed, others: [...rest, ...words] };
}

/** As in the index \`audit_entries_of_target\`. */
const TARGET = sql`lower(coalesce(details -> 'after' ->> 'task_id', details -> 'after' ->> 'sync_id',
  details ->> 'key_id', details ->> 'erasure_id', substring(path from '.*/([0-9A-Fa-f-]{16,36})(?:/|$)'), app_id::text))`;

const TEXTS = sql`concat_ws(' ', key_name, operation, replace(path, '/', ' '), details ->> 'reason', request_id)`;

function hasWord(text: RawBuilder<unknown>, start: string): RawBuilder<boolean> {
  return sql<boolean>`strpos(lower(' ' || ${text}), lower(${` ${start.trim()}`}::text)) > 0`;
}

function and(condition: RawBuilder<unknown> | undefined): RawBuilder<unknown> {
  return condition === undefined ? sql`` : sql`and ${condition}`;
}
