import { type Expression, type ExpressionBuilder, sql, type SqlBool } from "kysely";
import type { components } from "@bridgekit/client";
import type { ResourceType } from "../apps/resource-types.ts";
import type { Tables } from "../database/schema.ts";
import { HttpError } from "../http/http-error.ts";

type Kind = components["schemas"]["Kind"];
type RecordStatus = components["schemas"]["RecordStatus"];
type Row = ExpressionBuilder<Tables, "records">;

/** A group or license, and the field of an account that refers to it. */
export interface RefFilter {
  field: "memberships" | "assignments";
  slug: string;
  id: string;
}

const REF_FILTERS = [
  { parameter: "member_of", field: "memberships", kind: "group" },
  { parameter: "assigned", field: "assignments", kind: "license" },
] as const;

/** Reads `slug:id` from `member_of` and `assigned`; answers 400 where the slug is of no such type. */
export function readRefFilters(
  query: { member_of?: string; assigned?: string },
  types: readonly ResourceType[],
): RefFilter[] {
  return REF_FILTERS.flatMap(({ parameter, field, kind }) => {
    const text = query[parameter];
    if (text === undefined) return [];
    const slug = text.slice(0, text.indexOf(":"));
    if (!types.some((type) => type.slug === slug && type.type === kind))
      throw new HttpError(400, `${parameter}: no ${kind} type has the slug "${slug}"`);
    return [{ field, slug, id: text.slice(slug.length + 1) }];
  });
}

/** Whether an account refers to the group or license, looked up in the account itself. */
export function refersTo({ field, slug, id }: RefFilter): Expression<SqlBool> {
  return sql<SqlBool>`data @> ${JSON.stringify({ [field]: { [slug]: [{ id }] } })}::jsonb`;
}

/** Agrees with `toLiveRecord`: a field `status` of a group or a license means something of its own. */
export function hasStatus(row: Row, status: RecordStatus, kind: Kind): Expression<SqlBool> {
  const pushed = kind === "account" ? sql<string>`coalesce(data ->> 'status', 'active')` : sql<string>`'active'`;
  switch (status) {
    case "active":
      return row.and([row("removed_at", "is", null), row(pushed, "not in", ["inactive", "suspended"])]);
    case "inactive":
      return row.or([row("removed_at", "is not", null), row(pushed, "=", status)]);
    case "suspended":
      return row.and([row("removed_at", "is", null), row(pushed, "=", status)]);
    default:
      status satisfies never;
      return sql<boolean>`false`;
  }
}

const TEXT_FIELDS = ["id", "name", "email", "username", "first_name", "last_name", "display_name"];

/** Whether one of the fields that name a record holds the text, in any case. */
export function holdsText(text: string): Expression<SqlBool> {
  const fields = TEXT_FIELDS.map(
    (field) => sql`strpos(lower(coalesce(data ->> ${sql.lit(field)}, '')), lower(${text})) > 0`,
  );
  return sql<SqlBool>`(${sql.join(fields, sql` or `)})`;
}
