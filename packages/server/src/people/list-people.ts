import { type RawBuilder, sql } from "kysely";
import type { BridgeContext } from "../bridge-context.ts";
import { decodeCursor, encodeCursor, toPage } from "../http/cursor.ts";
import { problem } from "../http/http-error.ts";
import type { Handler } from "../http/operation.ts";
import { linkTo } from "../http/page-links.ts";
import { compile } from "../http/schemas.ts";
import { isSame, termsOf, toNormal } from "./email.ts";
import { findInApps, toFound, toPlace } from "../records/find-in-apps.ts";
import { beginsWith, isFirstTerm, toTerm } from "../records/search-index.ts";

const isAppId = compile("/components/schemas/App/properties/id");

/** Lists accounts of all apps of the organisation: all of them, or by an email or a prefix. */
export function createListPeople({ database }: BridgeContext): Handler<"listPeople"> {
  return async ({ key, query: { email, text = "", limit = 50, cursor }, url }) => {
    if (email !== undefined && text !== "") return problem(400, "email, text: give one of them");
    const after = decodeCursor(cursor, 4);
    if (after !== undefined && !isAppId(after[1])) return problem(400, "cursor: is none of this list");
    const isHit = email === undefined ? beginsWith(text) : hasTerm(toNormal(email));
    const isRight = email === undefined ? isFirstTerm(text) : isFirstOf(toNormal(email));
    const search = { kind: "account", isHit, isRight, after, limit: limit + 1 } as const;
    const { rows, isCut, lookedTo } = await findInApps(database, key.orgId, search);
    const { page, cursor: next = lookedTo && encodeCursor(lookedTo) } = toPage(rows, limit, toPlace, isCut);
    return {
      status: 200,
      body: {
        accounts: page.map((row) => toFound(row, "account")),
        next: next === undefined ? null : linkTo(url, { limit, cursor: next }),
      },
    };
  };
}

function hasTerm(email: string): RawBuilder<boolean> {
  return sql<boolean>`found.term = any(array[${sql.join(termsOf(email).map((term) => toTerm(sql`${term}::text`)))}])`;
}

/** Whether the entry is the first by which the id, the email or the username is the address. */
function isFirstOf(email: string): RawBuilder<boolean> {
  return sql<boolean>`found.term = (
    select min(${toTerm(sql`field.text`)})
    from (values (records.id collate "default"), (records.data ->> 'email'), (records.data ->> 'username')) field (text)
    where ${isSame(sql`field.text`, email)}
  )`;
}
