import { type RawBuilder, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { BridgeContext } from "../bridge-context.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { problem } from "../http/http-error.ts";
import type { Handler } from "../http/operation.ts";
import { linkTo } from "../http/page-links.ts";
import { compile } from "../http/schemas.ts";
import type { ListedRecord } from "../records/list-records.ts";
import { readWithin } from "../records/read-within.ts";
import { beginsWith, isFirstTerm, toTerm } from "../records/search-index.ts";
import { toLiveRecord } from "../records/to-live-record.ts";

/** In the order of their creation; more are not looked at. */
const MOST_APPS = 5_000;

const isAppId = compile("/components/schemas/App/properties/id");

type FoundAccount = ListedRecord & { app_name: string };

/** Lists accounts of all apps of the organisation: all of them, or by an email or a prefix. */
export function createListPeople({ database }: BridgeContext): Handler<"listPeople"> {
  return async ({ key, query: { email, text = "", limit = 50, cursor }, url }) => {
    if (email !== undefined && text !== "") return problem(400, "email, text: give one of them");
    const after = decodeCursor(cursor, 4);
    if (after !== undefined && !isAppId(after[1])) return problem(400, "cursor: is none of this list");
    const isHit = email === undefined ? beginsWith(text) : hasTerm(email);
    const isRight = email === undefined ? isFirstTerm(text) : isEmailOf(email);
    const found = accountsOf(key.orgId, { isHit, isRight, after, limit: limit + 1 });
    const { rows, isCut } = await readWithin(database, found, sql`term, app_id, slug, id`);
    const { page, cursor: next } = toPage(rows, limit, toPlace, isCut);
    return {
      status: 200,
      body: {
        accounts: page.map(toPersonAccount),
        next: next === undefined ? null : linkTo(url, { limit, cursor: next }),
      },
    };
  };
}

interface Search {
  /** Of an entry `found` of the index. */
  isHit: RawBuilder<boolean>;
  /** Of the row of `records` that the entry leads to. */
  isRight: RawBuilder<boolean>;
  after: readonly string[] | undefined;
  limit: number;
}

/** Each account type of each app is looked up in the index by itself, and their first ones are merged. */
function accountsOf(orgId: string, { isHit, isRight, after, limit }: Search) {
  const next =
    after === undefined
      ? sql``
      : sql`and found.term >= ${after[0]}
          and (found.term, found.app_id, found.slug, found.id) > (${after[0]}, ${after[1]}::uuid, ${after[2]}, ${after[3]})`;
  return sql<FoundAccount>`
    select account.*, app.name as app_name from (
      select id, name, clone_group_id from apps where org_id = ${orgId} order by created_at, id limit ${MOST_APPS}
    ) app
    join resource_types type on type.clone_group_id = app.clone_group_id and type.type = 'account'
    cross join lateral (
      select record.*, found.term from record_terms found
      cross join lateral (
        select * from records
        where records.app_id = found.app_id and records.slug = found.slug and records.id = found.id and ${isRight}
        limit 1
      ) record
      where found.app_id = app.id and found.slug = type.slug and ${isHit} ${next}
      order by found.term, found.id limit ${limit}
    ) account
    order by account.term, account.app_id, account.slug, account.id limit ${limit}
  `;
}

function hasTerm(email: string): RawBuilder<boolean> {
  return sql<boolean>`found.term = ${toTerm(sql`${email}::text`)}`;
}

/** Whether it is the email or the username, in any case. */
function isEmailOf(email: string): RawBuilder<boolean> {
  const own = (field: string) => sql`lower(records.data ->> ${sql.lit(field)}) = lower(${email}::text)`;
  return sql<boolean>`(${own("email")} or ${own("username")})`;
}

// The order of the list.
function toPlace({ term = "", app_id, slug, id }: FoundAccount): readonly string[] {
  return [term, app_id, slug, id];
}

function toPersonAccount(row: FoundAccount): components["schemas"]["PersonAccount"] {
  const { app_id, app_name, slug, data, removed_at: removedAt, created_version } = row;
  const record = toLiveRecord(data, { kind: "account", removedAt, isStub: created_version === null });
  return { app_id, app_name, slug, record };
}
