import type { Kind } from "@bridgekit/client";
import type { Fault } from "./find-fault.ts";
import { findNearMiss } from "./find-near-miss.ts";
import { recordSchemas } from "./record-schemas.ts";

const SCHEMAS = { account: "AccountFields", group: "GroupRecord", license: "LicenseRecord" } as const;

/** Names that are remembered: a stream has a few, unless it makes up new ones for every record. */
const MAX_REMEMBERED = 1000;

/**
 * Makes what finds a field whose name is nearly that of another one, which the record lacks: the Bridge keeps fields that
 * it does not know, so `membership` would read as an account without memberships.
 */
export function createNameCheck(kind: Kind): (record: object) => Fault | undefined {
  const fields = Object.keys(recordSchemas[SCHEMAS[kind]].properties);
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
        reason: `is no field of this kind of record; did you mean "${meant}"?`,
        value: values[name],
      };
    }
    return undefined;
  };
}
