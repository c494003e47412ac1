import type { Kind } from "@bridgekit/client";
import type { ResourceTypes } from "../../connector/resource-types.ts";
import { findFault, within, type Fault } from "./find-fault.ts";
import { recordSchemas, type Schema } from "./record-schemas.ts";

/** A record without its wrong optional parts. */
export interface Repaired {
  record: object;
  /** What was left out, and why. */
  leftOut: readonly Fault[];
}

export type Repair = (record: unknown) => Repaired | undefined;

const FIELDS = { account: "AccountFields", group: "GroupRecord", license: "LicenseRecord" } as const;
const REF_FIELDS = { memberships: "group", assignments: "license" } as const;

/**
 * Leaving these out would change the meaning: an account without a status is active, without `unknown_refs` its refs are
 * known, and without `continues` it replaces the record before.
 */
const NEVER_LEFT_OUT = new Set(["status", "continues", "unknown_refs"]);

/**
 * Makes the function that leaves wrong optional fields out of a record, so that one of them does not hold back the record.
 * Wrong refs are left out only if the Bridge keeps unknown refs: then their slug counts as unknown. It returns undefined if
 * nothing can be left out.
 */
export function createRepair(
  types: ResourceTypes,
  { slug, canKeepRefs }: { slug: string; canKeepRefs: boolean },
): Repair {
  const { type } = types[slug]!;
  const { properties, required } = fieldsOf(type);
  return (record) => {
    if (typeof record !== "object" || record === null || Array.isArray(record)) return undefined;
    const repaired: Record<string, unknown> = { ...record };
    const leftOut: Fault[] = [];
    for (const [field, schema] of Object.entries(properties)) {
      if (repaired[field] === undefined || required.includes(field) || NEVER_LEFT_OUT.has(field)) continue;
      if (field in REF_FIELDS) {
        const kind = REF_FIELDS[field as keyof typeof REF_FIELDS];
        if (canKeepRefs) leftOut.push(...leaveOutRefs(repaired, { field, slugs: slugsOf(types, kind) }));
        continue;
      }
      const fault = findFault(schema, repaired[field]);
      if (!fault) continue;
      leftOut.push(within(field, fault));
      delete repaired[field];
    }
    return leftOut.length > 0 ? { record: repaired, leftOut } : undefined;
  };
}

/** Whether a top-level field may be left out of a record of this kind. */
export function isOptional(kind: Kind, field: string): boolean {
  const { required } = fieldsOf(kind);
  return !required.includes(field) && !NEVER_LEFT_OUT.has(field) && !(field in REF_FIELDS);
}

function fieldsOf(kind: Kind): { properties: Readonly<Record<string, Schema>>; required: readonly string[] } {
  return recordSchemas[FIELDS[kind]];
}

/** Leaves out the wrong refs of a field, and adds their slugs to `unknown_refs`. */
function leaveOutRefs(
  record: Record<string, unknown>,
  { field, slugs }: { field: string; slugs: readonly string[] },
): Fault[] {
  const refs = record[field];
  if (typeof refs !== "object" || refs === null || Array.isArray(refs)) {
    delete record[field];
    addUnknown(record, slugs);
    return [{ path: [field], reason: "must be an object", value: refs }];
  }
  const faults: Fault[] = [];
  const kept: Record<string, unknown> = { ...refs };
  for (const slug of slugs) {
    const list: unknown = kept[slug];
    if (list === undefined) continue;
    if (!Array.isArray(list)) {
      faults.push({ path: [field, slug], reason: "must be a list", value: list });
      delete kept[slug];
      addUnknown(record, [slug]);
      continue;
    }
    const wrong = list.flatMap((ref: unknown, index) => {
      const fault = findFault("Ref", ref);
      return fault ? [within(field, within(slug, within(index, fault)))] : [];
    });
    if (wrong.length === 0) continue;
    faults.push(...wrong);
    kept[slug] = list.filter((ref: unknown) => findFault("Ref", ref) === undefined);
    addUnknown(record, [slug]);
  }
  record[field] = kept;
  return faults;
}

function addUnknown(record: Record<string, unknown>, slugs: readonly string[]): void {
  const known = record["unknown_refs"] ?? [];
  // If it is not a list, the check of the record finds that.
  if (Array.isArray(known)) record["unknown_refs"] = [...new Set([...(known as string[]), ...slugs])];
}

function slugsOf(types: ResourceTypes, kind: Kind): string[] {
  return Object.entries(types).flatMap(([slug, { type }]) => (type === kind ? [slug] : []));
}
