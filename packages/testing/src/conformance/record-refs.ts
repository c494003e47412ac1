import type { AccountRecord, PushedRecord } from "@bridgekit/client";

/** The refs of a record, slug by slug. */
export function refsOf(record: PushedRecord): { field: string; slug: string; ids: string[] }[] {
  const { memberships = {}, assignments = {} } = record as AccountRecord;
  return Object.entries({ memberships, assignments }).flatMap(([field, refs]) =>
    Object.entries(refs).map(([slug, list]) => ({ field, slug, ids: list.map(({ id }) => id) })),
  );
}

/** Slugs whose refs a record says that it does not know. */
export function unknownRefsOf(record: PushedRecord): readonly string[] {
  return (record as { unknown_refs?: readonly string[] }).unknown_refs ?? [];
}
