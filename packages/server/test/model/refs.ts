import type { RecordData, Table } from "./state.ts";

export type RefMap = Table<readonly { id: string; name?: string }[]>;

export const REF_FIELDS = ["memberships", "assignments"] as const;

/** The refs of an account, by slug. */
export function refsOf({ memberships, assignments }: RecordData) {
  return [...Object.entries((memberships ?? {}) as RefMap), ...Object.entries((assignments ?? {}) as RefMap)];
}

export function idsOf(data: RecordData): Table<ReadonlySet<string>> {
  return Object.fromEntries(refsOf(data).map(([target, list]) => [target, new Set(list.map(({ id }) => id))]));
}

/** The record with its refs in the order of their ids, so that equal lists compare as equal. */
export function inOrder(record: RecordData): RecordData {
  return withLists(record, (list) => list.toSorted((one, other) => (one.id < other.id ? -1 : 1)));
}

/** The record with its refs in reverse order. */
export function backwards(record: RecordData): RecordData {
  return withLists(record, (list) => list.toReversed());
}

function withLists(record: RecordData, change: (list: RefMap[string]) => RefMap[string]): RecordData {
  const changed: Record<string, unknown> = { ...record };
  for (const field of REF_FIELDS) {
    if (record[field] === undefined) continue;
    const lists = Object.entries(record[field] as RefMap).map(([target, list]) => [target, change(list)]);
    changed[field] = Object.fromEntries(lists);
  }
  return changed as RecordData;
}
