import { type Kysely, type RawBuilder, sql } from "kysely";
import { MOST_APPS } from "../apps/most-apps.ts";
import { isOfEachApp } from "../database/each-app.ts";
import type { Tables } from "../database/schema.ts";
import { compile } from "../http/schemas.ts";
import { beginsWith, fieldsOf, LAST_CHARACTER, toTerm } from "../records/search-index.ts";

/** Accounts, and tasks of them, that indexes find; where there are more, a page looks at as many tasks. */
const MOST_FOUND = 2_000;

const isTaskId = compile("/components/schemas/Task/properties/id");
const HEAD_OF_ID = /^[0-9a-f]{8}(-[0-9a-f-]*)?$/i;

/** What a task says of its account; each has an index. */
const TEXTS = [
  sql<string>`account_id collate "default"`,
  ...["email", "username", "display_name", "first_name", "last_name"].map(
    (field) => sql<string>`payload #>> ${sql.lit(`{account,${field}}`)}`,
  ),
];

interface TextSearch {
  orgId: string;
  appId: string | undefined;
  text: string;
  /** The place in the order of the list after which a page begins. */
  after: readonly string[] | undefined;
}

interface TasksToLookAt {
  /** Whether the text finds a row of `tasks`. */
  isHit: RawBuilder<boolean>;
  /** Which tasks a page looks at, if indexes find all that may fit. */
  ids?: readonly string[];
  /** How far it looks otherwise, which is where the next page begins; to the end without it. */
  lookedTo?: readonly string[];
}

/** Returns how to look for a text in a list of tasks, the latest due first, without looking at too many of them. */
export async function searchTasks(database: Kysely<Tables>, search: TextSearch): Promise<TasksToLookAt> {
  const slugs = await readAccountSlugs(database, search);
  const isHit = isFoundBy(search.text, slugs);
  const ids = await findIds(database, search, slugs);
  if (ids !== undefined) return { isHit, ids };
  const lookedTo = await findEnd(database, search);
  return { isHit, ...(lookedTo && { lookedTo }) };
}

/** Whether the id of a task begins with the text; undefined if so short a text would find those of everybody. */
export function hasIdOf(text: string): RawBuilder<boolean> | undefined {
  if (!HEAD_OF_ID.test(text) || text.length > 36) return undefined;
  const fill = (digit: string) =>
    text + "00000000-0000-0000-0000-000000000000".slice(text.length).replaceAll("0", digit);
  if (!isTaskId(fill("0"))) return undefined;
  return sql<boolean>`tasks.id between ${fill("0")}::uuid and ${fill("f")}::uuid`;
}

const ofApps = ({ orgId, appId }: TextSearch) => sql`
  select id, clone_group_id from apps where org_id = ${orgId} ${appId === undefined ? sql`` : sql`and id = ${appId}`}
  order by created_at, id limit ${MOST_APPS}`;

async function readAccountSlugs(database: Kysely<Tables>, search: TextSearch): Promise<string[]> {
  const { rows } = await sql<{ slug: string }>`
    select distinct type.slug from (${ofApps(search)}) app
    join resource_types type on type.clone_group_id = app.clone_group_id and type.type = 'account'
  `.execute(database);
  return rows.map(({ slug }) => slug);
}

/** Whether a row of `tasks` is found by a text. */
function isFoundBy(text: string, slugs: readonly string[]): RawBuilder<boolean> {
  const begins = (value: RawBuilder<unknown>) => sql`strpos(lower(${value}), lower(${text}::text)) = 1`;
  const hasId = hasIdOf(text);
  return sql<boolean>`(
    ${sql.join(TEXTS.map(begins), sql` or `)} ${hasId === undefined ? sql`` : sql`or ${hasId}`}
    or exists (
      select from records cross join lateral ${fieldsOf(sql`records.id`, sql`records.data`)}
      where records.app_id = tasks.app_id and records.slug = any(${slugs}::text[])
        and records.id in (tasks.account_id, tasks.result_account_id) and ${begins(sql`field.text`)}
    )
  )`;
}

/** Those tasks that indexes find, with some that only seem to fit; undefined if there are too many. */
async function findIds(
  database: Kysely<Tables>,
  search: TextSearch,
  slugs: readonly string[],
): Promise<string[] | undefined> {
  const most = MOST_FOUND + 1;
  const { rows: accounts } = await sql<{ app_id: string; id: string }>`
    select account.app_id, account.id from (${ofApps(search)}) app cross join lateral (
      select found.app_id, found.id from record_terms found
      where found.app_id = app.id and found.slug = any(${slugs}::text[]) and ${beginsWith(search.text)} limit ${most}
    ) account limit ${most}
  `.execute(database);
  if (accounts.length > MOST_FOUND) return undefined;
  const term = toTerm(sql`${search.text}::text`);
  const byText = TEXTS.map(
    (text) => sql`
      select task.id from app cross join lateral (
        select id from tasks where ${isOfEachApp} and ${toTerm(text)} >= ${term}
          and ${toTerm(text)} < ${term} || ${LAST_CHARACTER} limit ${most}
      ) task`,
  );
  const ofAccount = ["account_id", "result_account_id"].map(
    (column) => sql`
      select task.id from account cross join lateral (
        select id from tasks where app_id = account.app_id and ${sql.ref(column)} = account.id limit ${most}
      ) task`,
  );
  const hasId = hasIdOf(search.text);
  const byId = hasId === undefined ? [] : [sql`select id from tasks where ${hasId}`];
  const { rows } = await sql<{ id: string }>`
    with app as materialized (${ofApps(search)}), account as materialized (
      select * from unnest(${accounts.map(({ app_id }) => app_id)}::uuid[], ${accounts.map(({ id }) => id)}::text[])
        account (app_id, id)
    )
    select id from (${sql.join([...byText, ...ofAccount, ...byId], sql` union all `)}) found limit ${most}
  `.execute(database);
  return rows.length > MOST_FOUND ? undefined : rows.map(({ id }) => id);
}

/** Where a page that looks at every task ends: each app has its share of those that it looks at. */
async function findEnd(database: Kysely<Tables>, search: TextSearch): Promise<readonly string[] | undefined> {
  const { after } = search;
  const next =
    after === undefined ? sql`` : sql`and (execute_after, sequence) < (${after[0]}::timestamptz, ${after[1]}::bigint)`;
  const { rows } = await sql<{ execute_after: Date; sequence: number }>`
    with app as materialized (${ofApps(search)}), share as (
      select greatest(${MOST_FOUND} / greatest(count(*), 1), 20) as most from app
    )
    select task.execute_after, task.sequence from app cross join lateral (
      select execute_after, sequence from tasks where ${isOfEachApp} ${next}
      order by app_id desc, execute_after desc, sequence desc offset (select most - 1 from share) limit 1
    ) task
    order by task.execute_after desc, task.sequence desc limit 1
  `.execute(database);
  const end = rows[0];
  return end && [end.execute_after.toISOString(), String(end.sequence)];
}
