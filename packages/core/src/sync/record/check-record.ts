import { isPathSegment, type Kind, type Ref, type RefMap } from "@bridgekit/client";
import type { ResourceTypes } from "../../connector/resource-types.ts";
import { createNameCheck } from "./field-names.ts";
import { findFault, type Fault } from "./find-fault.ts";
import { recordChecks } from "./record-checks.ts";

export type Check = (record: unknown) => Fault | undefined;

const REF_FIELDS = [
  { field: "memberships", kind: "group" },
  { field: "assignments", kind: "license" },
] as const;

const SCHEMAS = { account: "AccountRecord", group: "GroupRecord", license: "LicenseRecord" } as const;

/** Makes the check of the records of a slug: what the contract says of its kind, and that its slugs are declared. */
export function createRecordCheck(types: ResourceTypes, slug: string): Check {
  const { type } = types[slug]!;
  const schema = SCHEMAS[type];
  const isRight = recordChecks[schema];
  const checkNames = createNameCheck(type);
  const checkSchema: Check = (record) =>
    isRight(record)
      ? (findLostId((record as Ref).id, ["id"]) ?? checkNames(record as Ref))
      : (findMisnamed(record, checkNames) ?? findFault(schema, record));
  if (type !== "account") return checkSchema;
  const kinds = new Map(Object.entries(types).map(([name, { type: kind }]) => [name, kind]));
  return (record) => checkSchema(record) ?? findUndeclaredRef(record as Account, kinds);
}

/** First, as it explains what else is wrong: an account with an `Email` lacks an `email`. */
function findMisnamed(record: unknown, checkNames: (record: object) => Fault | undefined): Fault | undefined {
  return typeof record === "object" && record !== null ? checkNames(record) : undefined;
}

interface Account {
  memberships?: object;
  assignments?: object;
  unknown_refs?: readonly string[];
}

/** The Bridge would create a record for every ref, so a ref to an undeclared type is a mistake and never a new type. */
function findUndeclaredRef(record: Account, kinds: ReadonlyMap<string, Kind>): Fault | undefined {
  for (const { field, kind } of REF_FIELDS)
    for (const slug in record[field]) {
      const found = kinds.get(slug);
      if (found === kind) {
        const lost = findLostRef((record[field] as RefMap)[slug]!, [field, slug]);
        if (lost) return lost;
        continue;
      }
      const reason = found ? `is a ${found} type, and ${field} name ${kind} types` : "is no resource type";
      return { path: [field, slug], reason, value: undefined };
    }
  for (const [index, slug] of (record.unknown_refs ?? []).entries()) {
    const found = kinds.get(slug);
    if (found === "group" || found === "license") continue;
    const reason = found ? "is an account type, and accounts have no refs of accounts" : "is no resource type";
    return { path: ["unknown_refs", index], reason, value: slug };
  }
  return undefined;
}

function findLostRef(refs: readonly Ref[], path: readonly string[]): Fault | undefined {
  for (const [index, { id }] of refs.entries()) {
    const lost = findLostId(id, [...path, index, "id"]);
    if (lost) return lost;
  }
  return undefined;
}

/** The Bridge refuses it: a record that no address can name could never be looked at. */
function findLostId(id: string, path: Fault["path"]): Fault | undefined {
  return isPathSegment(id) ? undefined : { path, reason: "can't stand in an address", value: id };
}
