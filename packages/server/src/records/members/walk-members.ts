import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { RecordData } from "../../database/tables/records.ts";
import type { Tables } from "../../database/schema.ts";
import { listById } from "../list-records.ts";
import type { RefFilter } from "../record-filter.ts";
import { toLiveRecord } from "../to-live-record.ts";

/** Whose members at which version of an app. */
export interface MemberQuery {
  appId: string;
  version: number;
  /** The group or license. */
  ref: RefFilter;
  /** The account types of the app. */
  slugs: readonly string[];
  from: Place | undefined;
  limit: number;
}

/** A position: 0 and an account among those that refer to the group now, or a change of a later version. */
export interface Place {
  after: number;
  slug: string;
  id: string;
}

interface Step {
  found: { member: components["schemas"]["Member"]; place: Place }[];
  /** Where the next step begins. */
  lookedTo: Place;
}

/** An account as it was. */
interface PastAccount {
  slug: string;
  id: string;
  data: RecordData;
  removed_at: Date | null;
}

const CHANGES_PER_STEP = 1_000;

/** First the accounts that refer to the group now, then those that did and lost it in a later version. */
export async function* walkMembers(database: Kysely<Tables>, query: MemberQuery): AsyncGenerator<Step> {
  const { from, version } = query;
  if (from === undefined || from.after === 0) yield* walkPresent(database, query);
  const start = from === undefined || from.after === 0 ? toStart(version + 1) : from;
  yield* walkLost(database, query, start);
}

function toStart(version: number): Place {
  return { after: version, slug: "", id: "" };
}

async function* walkPresent(database: Kysely<Tables>, query: MemberQuery): AsyncGenerator<Step> {
  const { appId, version, ref, limit, from } = query;
  const slugs = query.slugs.toSorted().filter((slug) => slug >= (from?.slug ?? ""));
  for (const [index, slug] of slugs.entries())
    for (let after = from?.slug === slug ? [from.id] : undefined, isMore = true; isMore;) {
      const asked = { appId, slug, kind: "account", status: undefined, refs: [ref], limit, after } as const;
      const { rows, isCut, lookedTo } = await listById(database, asked);
      const page = rows.slice(0, limit);
      const last = isCut || rows.length > limit ? page.at(-1)?.id : lookedTo?.[0];
      const live = page.filter(({ created_version: created }) => created !== null && created <= version);
      const accounts = await asOf(database, { appId, slug, version }, live);
      const found = accounts
        .filter((account) => account.removed_at === null && refersTo(account, ref))
        .map((account) => ({ member: toMember(account, true), place: { after: 0, slug, id: account.id } }));
      const [next] = slugs.slice(index + 1);
      isMore = last !== undefined;
      after = last === undefined ? undefined : [last];
      const end = next === undefined ? toStart(version + 1) : { after: 0, slug: next, id: "" };
      yield { found, lookedTo: last === undefined ? end : { after: 0, slug, id: last } };
    }
}

/** Accounts as they were at a version: before the first change after it, or as they are. */
async function asOf(
  database: Kysely<Tables>,
  { appId, slug, version }: { appId: string; slug: string; version: number },
  accounts: readonly { id: string; data: RecordData; removed_at: Date | null }[],
): Promise<PastAccount[]> {
  const ids = accounts.map(({ id }) => id);
  const { rows } = await sql<PastAccount>`
    select account.id, change.before as data, change.before_removed_at as removed_at
    from unnest(${ids}::text[]) account (id)
    cross join lateral (
      select before, before_removed_at from record_changes
      where app_id = ${appId} and slug = ${slug} and id = account.id and version > ${version}::int and before is not null
      order by version limit 1
    ) change
  `.execute(database);
  const changed = new Map(rows.map((row) => [row.id, row]));
  return accounts.map(({ id, data, removed_at }) => ({ data, removed_at, ...changed.get(id), slug, id }));
}

/** Change by change since the version, because no index has the groups that accounts no longer refer to. */
async function* walkLost(database: Kysely<Tables>, query: MemberQuery, start: Place): AsyncGenerator<Step> {
  for (let place = start; ;) {
    const session = await findChanged(database, query.appId, place.after);
    if (session === undefined) return;
    const from = session.version === place.after ? place : toStart(session.version);
    const step = await readLost(database, query, { ...session, from });
    place = step.lookedTo;
    yield step;
  }
}

/** The first session from a version on that changed or removed something. */
async function findChanged(
  database: Kysely<Tables>,
  appId: string,
  version: number,
): Promise<{ syncId: string; version: number } | undefined> {
  const { rows } = await sql<{ syncId: string; version: number }>`
    select session.id as "syncId", session.version from sync_sessions session
    where session.app_id = ${appId} and session.version >= ${version}::int
      and exists (select from record_changes change
        where change.session_id = session.id and change.change in ('updated', 'removed'))
    order by session.version limit 1
  `.execute(database);
  return rows[0];
}

/** Accounts of which the first change since the version is in this session, and which lost the group since. */
async function readLost(
  database: Kysely<Tables>,
  { appId, version, ref, slugs }: MemberQuery,
  { syncId, version: after, from }: { syncId: string; version: number; from: Place },
): Promise<Step> {
  const { rows } = await sql<PastAccount & { place: number; is_lost: boolean }>`
    select * from (
      select change.slug, change.id, change.before as data, change.before_removed_at as removed_at, change.place,
        change.slug = any(${[...slugs]}::text[]) and change.before @> ${toPattern(ref)}::jsonb
          and change.before_removed_at is null
          and exists (select from records live
            where live.app_id = ${appId} and live.slug = change.slug and live.id = change.id
              and live.created_version <= ${version}::int and not live.data @> ${toPattern(ref)}::jsonb)
          and not exists (select from record_changes earlier
            where earlier.app_id = ${appId} and earlier.slug = change.slug and earlier.id = change.id
              and earlier.version > ${version}::int and earlier.version < ${after}::int
              and earlier.before is not null) as is_lost
      from (
        select slug, id, before, before_removed_at, (row_number() over (order by slug, id))::int as place
        from record_changes where session_id = ${syncId} and (slug, id) > (${from.slug}, ${from.id})
        order by slug, id limit ${CHANGES_PER_STEP}
      ) change
    ) looked where is_lost or place = ${CHANGES_PER_STEP}::int
    order by place
  `.execute(database);
  const last = rows.at(-1)?.place === CHANGES_PER_STEP ? rows.at(-1) : undefined;
  const found = rows
    .filter(({ is_lost: isLost }) => isLost)
    .map((account) => ({ member: toMember(account, false), place: { after, slug: account.slug, id: account.id } }));
  return { found, lookedTo: last === undefined ? toStart(after + 1) : { after, slug: last.slug, id: last.id } };
}

function toPattern({ field, slug, id }: RefFilter): string {
  return JSON.stringify({ [field]: { [slug]: [{ id }] } });
}

function refersTo({ data }: PastAccount, { field, slug, id }: RefFilter): boolean {
  const refs = (data as Partial<Record<typeof field, Record<string, { id: string }[]>>>)[field]?.[slug];
  return refs?.some((ref) => ref.id === id) ?? false;
}

function toMember(
  { slug, data, removed_at: removedAt }: PastAccount,
  isMemberNow: boolean,
): Step["found"][number]["member"] {
  return {
    slug,
    record: toLiveRecord(data, { kind: "account", removedAt, isStub: false }),
    is_member_now: isMemberNow,
  };
}
