import { isPathSegment, type Kind, type Ref } from "@bridgekit/client";
import type { ResourceTypes } from "../../connector/resource-types.ts";
import { findFault, type Fault } from "./find-fault.ts";
import { findNearMiss } from "./find-near-miss.ts";
import { recordChecks } from "./record-checks.ts";
import { recordSchemas } from "./record-schemas.ts";

export type Check = (record: unknown) => Fault | undefined;

const SCHEMAS = { account: "AccountRecord", group: "GroupRecord", license: "LicenseRecord" } as const;
const FIELDS = { account: "AccountFields", group: "GroupRecord", license: "LicenseRecord" } as const;
/** Unknown names that are remembered: a stream has a few, unless it makes up new ones for every record. */
const MAX_REMEMBERED = 1000;

/** Makes the check of the records of a slug: the contract of its kind, and that its refs name declared types. */
export function createRecordCheck(types: ResourceTypes, slug: string): Check {
  const { type } = types[slug]!;
  const schema = SCHEMAS[type];
  const isRight = recordChecks[schema];
  const checkNames = createNameCheck(type);
  const checkSchema: Check = (record) => {
    if (!isRight(record)) return findMisnamed(record, checkNames) ?? findFault(schema, record);
    const { id } = record as Ref;
    return isPathSegment(id) ? checkNames(record as Ref) : toLostId(id, ["id"]);
  };
  if (type !== "account") return checkSchema;
  const kinds = new Map(Object.entries(types).map(([name, { type: kind }]) => [name, kind]));
  return (record) => checkSchema(record) ?? findWrongRef(record as Account, kinds);
}

/** Names come first, since they explain other faults: an account with an `Email` lacks an `email`. */
function findMisnamed(record: unknown, checkNames: (record: object) => Fault | undefined): Fault | undefined {
  return typeof record === "object" && record !== null ? checkNames(record) : undefined;
}

interface Account {
  memberships?: RefLists;
  assignments?: RefLists;
  unknown_refs?: readonly string[];
}

type Kinds = ReadonlyMap<string, Kind>;
type RefLists = Readonly<Record<string, readonly Ref[] | undefined>>;

/** The Bridge would create a record for every ref, so a ref to an undeclared type is a mistake and never a new type. */
function findWrongRef({ memberships, assignments, unknown_refs }: Account, kinds: Kinds): Fault | undefined {
  return (
    (memberships && findWrongList("memberships", "group", memberships, kinds)) ??
    (assignments && findWrongList("assignments", "license", assignments, kinds)) ??
    (unknown_refs && findWrongSlug(unknown_refs, kinds))
  );
}

function findWrongList(field: string, kind: Kind, lists: RefLists, kinds: Kinds): Fault | undefined {
  for (const slug in lists) {
    const found = kinds.get(slug);
    if (found !== kind) {
      const reason = found ? `is a ${found} type, and ${field} name ${kind} types` : "is not a resource type";
      return { path: [field, slug], reason, value: undefined };
    }
    const refs = lists[slug];
    if (refs) for (const { id } of refs) if (!isPathSegment(id)) return toLostRef(refs, [field, slug]);
  }
  return undefined;
}

function findWrongSlug(slugs: readonly string[], kinds: Kinds): Fault | undefined {
  for (const [index, slug] of slugs.entries()) {
    const found = kinds.get(slug);
    if (found === "group" || found === "license") continue;
    const reason = found ? "is an account type, and accounts have no refs of accounts" : "is not a resource type";
    return { path: ["unknown_refs", index], reason, value: slug };
  }
  return undefined;
}

function toLostRef(refs: readonly Ref[], path: readonly string[]): Fault {
  const index = refs.findIndex(({ id }) => !isPathSegment(id));
  return toLostId(refs[index]!.id, [...path, index, "id"]);
}

/** The Bridge refuses the id: a record that no address can name could never be read. */
function toLostId(id: string, path: Fault["path"]): Fault {
  return { path, reason: "can't stand in an address", value: id };
}

/**
 * Makes the check that finds a field whose name is nearly that of another one that the record lacks: the Bridge keeps
 * unknown fields, so `membership` would read as an account without memberships.
 */
function createNameCheck(kind: Kind): (record: object) => Fault | undefined {
  const fields = Object.keys(recordSchemas[FIELDS[kind]].properties);
  const known = new Set(fields);
  const remembered = new Map<string, string | undefined>();
  const meantBy = (name: string) => {
    if (remembered.has(name)) return remembered.get(name);
    const meant = findNearMiss(name, fields);
    if (remembered.size < MAX_REMEMBERED) remembered.set(name, meant);
    return meant;
  };
  return (record) => {
    for (const name in record) {
      if (known.has(name)) continue;
      const meant = meantBy(name);
      const values = record as Record<string, unknown>;
      if (meant === undefined || values[name] === undefined || values[meant] !== undefined) continue;
      return {
        path: [name],
        reason: `is not a field of this kind of record; did you mean "${meant}"?`,
        value: values[name],
      };
    }
    return undefined;
  };
}
