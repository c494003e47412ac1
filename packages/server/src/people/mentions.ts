import { type Kysely, type RawBuilder, sql } from "kysely";
import { toArrayLiteral } from "../database/array-literal.ts";
import type { Tables } from "../database/schema.ts";
import { indexTerms, toTerm } from "../records/search-index.ts";
import type { AppAccounts } from "./accounts.ts";
import { mayContain, mayName, redactor } from "./email.ts";
import { type Place, PLACES } from "./places.ts";
import { type FoundRow, hasKey, scan } from "./scan.ts";

const TYPES = { jsonb: "jsonb", json: "text", text: "text", list: "text[]" } as const;

/** The address to find, and the rows about that person alone. */
export interface Mentioned {
  email: string;
  orgId: string;
  /** Every app of the organisation. */
  appIds: readonly string[];
  person: readonly AppAccounts[];
  taskIds: readonly string[];
}

/** A row about somebody else that contains the address. */
interface Mention {
  place: Place;
  key: readonly string[];
}

/** Counts the rows of others that contain the address. */
export async function countMentions(database: Kysely<Tables>, mentioned: Mentioned): Promise<number> {
  let count = 0;
  for await (const _ of findMentions(database, mentioned)) count++;
  return count;
}

/** Removes the address from the rows of others, one by one, and returns their number. */
export async function redactMentions(database: Kysely<Tables>, mentioned: Mentioned): Promise<number> {
  const redact = redactor(mentioned.email);
  let count = 0;
  for await (const mention of findMentions(database, mentioned))
    if (await database.transaction().execute((transaction) => redactRow(transaction, mention, redact))) count++;
  await deleteTerms(database, mentioned);
  return count;
}

const TERMS: Place = {
  table: "record_terms",
  key: [
    ["app_id", "uuid"],
    ["slug", "text"],
    ["term", "text"],
    ["id", "text"],
  ],
  scope: "app_id",
  columns: { term: "text" },
};

/**
 * The search terms follow the records' changes; an index that is behind may contain what a record had before. Those that
 * a record still has stay: another address may end with this one.
 */
async function deleteTerms(database: Kysely<Tables>, { email, appIds }: Mentioned): Promise<void> {
  const { rows } = await sql<{ term: string }>`select ${toTerm(sql`${email}::text`)} as term`.execute(database);
  const ownTerm = rows[0]?.term ?? email;
  const redact = redactor(email);
  const isHit = sql<boolean>`(${mayContain(sql`place.term`, email)} or strpos(place.term, ${ownTerm}) > 0)`;
  for (const scope of appIds)
    for await (const { key } of scan(database, TERMS, { isHit, scope })) {
      const [appId, slug, term, id] = key as [string, string, string, string];
      if (!term.includes(ownTerm) && redact(term) === term) continue;
      await database.transaction().execute(async (transaction) => {
        await sql`delete from record_terms where ${hasKey(TERMS, key)}`.execute(transaction);
        await reindexTerms(transaction, [appId, slug, id]);
      });
    }
}

async function* findMentions(database: Kysely<Tables>, mentioned: Mentioned): AsyncGenerator<Mention> {
  const { email, orgId, appIds, person, taskIds } = mentioned;
  const ownIds = new Set(person.flatMap(({ accounts }) => accounts.map(({ id }) => id)));
  const redact = redactor(email);
  async function* look(place: Place, isOthers: RawBuilder<unknown>, scope?: string): AsyncGenerator<Mention> {
    const isHit = sql<boolean>`${mayName(place, email)} and ${isOthers}`;
    for await (const { key, values } of scan(database, place, { isHit, ...(scope !== undefined && { scope }) })) {
      const others = place.table === "sync_pages" ? [withoutRecords(values[0], ownIds), values[1] ?? null] : values;
      if (redactValues(place, others, redact) !== undefined) yield { place, key };
    }
  }
  const isNotOwn = isNoneOf(person);
  const apps = sql`any(${toArrayLiteral(appIds)}::uuid[])`;
  for (const appId of appIds) {
    yield* look(PLACES.records, isNotOwn, appId);
    yield* look(PLACES.tasks, sql`not place.id = any(${toArrayLiteral(taskIds)}::uuid[])`, appId);
    yield* look(PLACES.sessions, sql`true`, appId);
  }
  yield* look(PLACES.changes, sql`place.app_id = ${apps} and ${isNotOwn}`);
  const isOfOrg = sql`exists (
    select from sync_sessions session where session.id = place.session_id and session.app_id = ${apps}
  )`;
  yield* look(PLACES.pages, isOfOrg);
  yield* look(PLACES.audit, sql`true`, orgId);
}

function isNoneOf(person: readonly AppAccounts[]): RawBuilder<unknown> {
  const own = person.flatMap(({ appId, accounts }) => accounts.map(({ slug, id }) => [appId, slug, id] as const));
  const [appIds, slugs, ids] = [0, 1, 2].map((index) => toArrayLiteral(own.map((account) => account[index]!)));
  return sql`(place.app_id, place.slug, place.id) not in (
    select * from unnest(${appIds}::uuid[], ${slugs}::text[], ${ids}::text[])
  )`;
}

function withoutRecords(page: string | null | undefined, ids: ReadonlySet<string>): string | null {
  if (page == null) return null;
  const records = JSON.parse(page) as { id: string }[];
  return JSON.stringify(records.filter(({ id }) => !ids.has(id)));
}

async function redactRow(
  transaction: Kysely<Tables>,
  { place, key }: Mention,
  redact: (value: unknown) => unknown,
): Promise<boolean> {
  const columns = Object.keys(place.columns);
  const texts = sql.join(columns.map((column) => sql`${sql.ref(column)}::text`));
  // The row may have been changed or deleted since it was found.
  const { rows } = await sql<Pick<FoundRow, "values">>`
    select array[${texts}] as values from ${sql.table(place.table)} where ${hasKey(place, key)} for update
  `.execute(transaction);
  const values = rows[0] === undefined ? undefined : redactValues(place, rows[0].values, redact);
  if (values === undefined) return false;
  const changes = Object.entries(place.columns).map(
    ([column, form], index) => sql`${sql.ref(column)} = ${values[index]}::${sql.raw(TYPES[form])}`,
  );
  await sql`update ${sql.table(place.table)} set ${sql.join(changes)} where ${hasKey(place, key)}`.execute(transaction);
  if (place.table === "records") await reindexTerms(transaction, key, rows[0]?.values[0]);
  return true;
}

async function reindexTerms(
  transaction: Kysely<Tables>,
  [appId = "", slug, id]: readonly string[],
  before?: string | null,
): Promise<void> {
  const changed = sql`select ${slug}::text collate "C" as slug, ${id}::text collate "C" as id, ${before}::jsonb as before`;
  await indexTerms(transaction, appId, changed);
}

/** The values without the address; undefined if none contains it. */
function redactValues(
  { columns }: Place,
  values: readonly (string | null)[],
  redact: (value: unknown) => unknown,
): (string | null)[] | undefined {
  let isNamed = false;
  const redacted = Object.values(columns).map((form, index) => {
    const text = values[index] ?? null;
    if (text === null) return null;
    const isJson = form === "jsonb" || form === "json";
    // A list is also a text here: the replacement needs quotes no more than the address did.
    const value: unknown = isJson ? JSON.parse(text) : text;
    const result = redact(value);
    if (result === value) return text;
    isNamed = true;
    return isJson ? JSON.stringify(result) : (result as string);
  });
  return isNamed ? redacted : undefined;
}
