import { type RawBuilder, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { ResourceType } from "../apps/resource-types.ts";
import { HttpError } from "../http/http-error.ts";

type Kind = components["schemas"]["Kind"];
type RecordStatus = components["schemas"]["RecordStatus"];

/** A group or license, and the field of accounts that refers to it. */
export interface RefFilter {
  field: "memberships" | "assignments";
  slug: string;
  id: string;
}

const REF_FILTERS = [
  { parameter: "member_of", field: "memberships", kind: "group" },
  { parameter: "assigned", field: "assignments", kind: "license" },
] as const;

/** Reads `slug:id` from `member_of` and `assigned`. Throws 400 if the slug is not of such a type. */
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

/**
 * Whether a record has the status, if one is given, and refers to each group and license, according to the record
 * itself.
 */
export function passes(
  { kind, status }: { kind: Kind; status: RecordStatus | undefined },
  refs: readonly RefFilter[],
): RawBuilder<boolean> {
  const conditions = [...(status === undefined ? [] : [hasStatus(status, kind)]), ...refs.map(refersTo)];
  return conditions.length === 0 ? sql`true` : sql`${sql.join(conditions, sql` and `)}`;
}

function refersTo({ field, slug, id }: RefFilter): RawBuilder<boolean> {
  return sql`records.data @> ${JSON.stringify({ [field]: { [slug]: [{ id }] } })}::jsonb`;
}

/** As in `toLiveRecord`: a field `status` of a group or a license has another meaning. */
function hasStatus(status: RecordStatus, kind: Kind): RawBuilder<boolean> {
  const pushed = kind === "account" ? sql`coalesce(records.data ->> 'status', 'active')` : sql`'active'`;
  switch (status) {
    case "active":
      return sql`(records.removed_at is null and ${pushed} not in ('inactive', 'suspended'))`;
    case "inactive":
      return sql`(records.removed_at is not null or ${pushed} = 'inactive')`;
    case "suspended":
      return sql`(records.removed_at is null and ${pushed} = 'suspended')`;
    default:
      status satisfies never;
      return sql`false`;
  }
}
