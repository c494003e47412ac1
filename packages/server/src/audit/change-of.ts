import { isDeepStrictEqual } from "node:util";
import type { components } from "@bridgekit/client";

type Fields = Readonly<Record<string, unknown>>;

/** What the audit trail keeps of a change: the fields that differ, before and after. */
export function changeOf(
  before: Fields,
  after: Fields,
): Pick<components["schemas"]["AuditDetails"], "before" | "after"> {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    // The database reorders the fields of an object.
    (name) => !isDeepStrictEqual(before[name], after[name]),
  );
  const pick = (fields: Fields) => Object.fromEntries(changed.map((name) => [name, fields[name] ?? null]));
  return { before: pick(before), after: pick(after) };
}
