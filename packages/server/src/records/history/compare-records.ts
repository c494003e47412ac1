import { isDeepStrictEqual } from "node:util";
import type { components } from "@bridgekit/client";
import type { RecordData } from "../../database/tables/records.ts";

type Schemas = components["schemas"];
type NamedRef = Schemas["NamedRef"];

const REF_FIELDS = ["memberships", "assignments"] as const;

/** The fields in which two records differ, except refs. */
export function changedFields(before: RecordData, after: RecordData): Schemas["FieldChange"][] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) =>
      !REF_FIELDS.includes(name as (typeof REF_FIELDS)[number]) && !isDeepStrictEqual(before[name], after[name]),
  );
  return names.toSorted().map((field) => {
    const change: Schemas["FieldChange"] = { field };
    if (Object.hasOwn(before, field)) change.before = before[field];
    if (Object.hasOwn(after, field)) change.after = after[field];
    return change;
  });
}

/** The refs of an account by a unique key; entries of any other shape are not refs. */
export function refsOf(data: RecordData | undefined): Map<string, NamedRef> {
  const refs = new Map<string, NamedRef>();
  for (const field of REF_FIELDS) {
    const targets = data?.[field];
    if (typeof targets !== "object" || targets === null) continue;
    for (const [slug, list] of Object.entries(targets)) {
      if (!Array.isArray(list)) continue;
      for (const { id, name } of list as { id: string; name?: string }[])
        refs.set(`${slug}:${id}`, name === undefined ? { slug, id } : { slug, id, name });
    }
  }
  return refs;
}

/** The refs of the first that the second does not have. */
export function withoutRefs(refs: ReadonlyMap<string, NamedRef>, others: ReadonlyMap<string, NamedRef>): NamedRef[] {
  return [...refs].flatMap(([key, ref]) => (others.has(key) ? [] : [ref]));
}
