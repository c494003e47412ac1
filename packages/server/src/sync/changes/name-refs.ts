import type { Kysely } from "kysely";
import type { components, LiveRecord } from "@bridgekit/client";
import type { ResourceType } from "../../apps/resource-types.ts";
import type { Tables } from "../../database/schema.ts";
import { findNameless, readRecordNames, toRefNames } from "../../records/record-names.ts";

type Change = components["schemas"]["Change"];

export interface NamelessChange<T extends Change> {
  change: T;
  appId: string;
  kind: ResourceType["type"] | undefined;
}

/**
 * Adds what the refs are called that an account gained or lost, where the ref has no name of its own. Fields of a group or
 * license that are called like refs may have any value.
 */
export async function nameRefs<T extends Change>(
  database: Kysely<Tables>,
  changes: readonly NamelessChange<T>[],
): Promise<T[]> {
  const wanted = changes.map(({ change, appId, kind }) => ({
    change,
    appId,
    refs: kind === "account" ? findChanged(change) : [],
  }));
  const names = await readRecordNames(
    database,
    wanted.flatMap(({ appId, refs }) => refs.map((ref) => ({ appId, ...ref }))),
  );
  return wanted.map(({ change, appId, refs }) => Object.assign(change, toRefNames(appId, refs, names)));
}

/** Without a name, and only before or only after. Of a record that was created or removed its own are many, and known. */
function findChanged({ before, after }: Change) {
  if (before === null || after === null) return [];
  const [old, now] = [findRefs(before), findRefs(after)];
  const has = (refs: typeof old, { slug, id }: (typeof old)[number]) =>
    refs.some((ref) => ref.slug === slug && ref.id === id);
  return [...old.filter((ref) => !has(now, ref)), ...now.filter((ref) => !has(old, ref))];
}

function findRefs({ data: { memberships = {}, assignments = {} } }: LiveRecord) {
  return [...findNameless(memberships), ...findNameless(assignments)];
}
