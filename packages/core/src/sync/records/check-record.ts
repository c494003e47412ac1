import type { Kind } from "@bridgekit/client";
import type { ResourceTypes } from "../../connector/resource-types.ts";
import { compileSchema, type Check, type Fault } from "./compile-schema.ts";

const REF_FIELDS = [
  { field: "memberships", kind: "group" },
  { field: "assignments", kind: "license" },
] as const;

let schemas: Record<Kind, Check> | undefined;

/** Makes the check of the records of a slug: what the contract says of its kind, and that its refs are declared. */
export function createRecordCheck(types: ResourceTypes, slug: string): Check {
  schemas ??= {
    account: compileSchema("AccountRecord"),
    group: compileSchema("GroupRecord"),
    license: compileSchema("LicenseRecord"),
  };
  const { type } = types[slug]!;
  const checkSchema = schemas[type];
  if (type !== "account") return checkSchema;
  const kinds = new Map(Object.entries(types).map(([name, { type: kind }]) => [name, kind]));
  return (record) => checkSchema(record) ?? findUndeclaredRef(record as Record<string, object | undefined>, kinds);
}

/** The Bridge would create a record for every ref, so a ref to an undeclared type is a mistake and never a new type. */
function findUndeclaredRef(
  record: Record<string, object | undefined>,
  kinds: ReadonlyMap<string, Kind>,
): Fault | undefined {
  for (const { field, kind } of REF_FIELDS)
    for (const slug in record[field]) {
      const found = kinds.get(slug);
      if (found === kind) continue;
      const reason = found ? `is a ${found} type, and ${field} name ${kind} types` : "is no resource type";
      return { path: [field, slug], reason, value: undefined };
    }
  return undefined;
}
