import type { ObjectDefinition } from "./object-definition.ts";
import type { SalesforceOrg } from "./salesforce-org.ts";
import { follow, type ResolvedPath } from "./soql/resolve.ts";
import type { Row } from "./state.ts";

type Json = Record<string, unknown>;

/** Converts a row to Salesforce's JSON, with fields of other objects nested. */
export function toRecord(
  org: SalesforceOrg,
  { root, name }: { root: string; name: string },
  row: Row,
  fields: readonly ResolvedPath[],
): Json {
  const record: Json = { attributes: toAttributes(root, name, row.Id) };
  for (const { field, through, read } of fields) {
    let target: Json | null = record;
    let at: Row | undefined = row;
    for (const reference of through) {
      at = at && follow(org, reference, at);
      const key = reference.relationshipName!;
      const inner: Json | null = at ? { attributes: toAttributes(root, reference.referenceTo[0]!, at.Id) } : null;
      target = (target[key] ??= inner) as Json | null;
      if (target === null) break;
    }
    if (target) target[field.name] = through.length === 0 ? read(row) : (at![field.name] ?? null);
  }
  return record;
}

/** All fields of a row. */
export function toWholeRecord(root: string, { name, fields }: ObjectDefinition, row: Row): Json {
  const entries = [...fields.values()].map((field) => [field.name, row[field.name] ?? null]);
  return { attributes: toAttributes(root, name, row.Id), ...Object.fromEntries(entries) };
}

function toAttributes(root: string, type: string, id: string) {
  return { type, url: `${root}/sobjects/${type}/${id}` };
}
