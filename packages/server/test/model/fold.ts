import { isDeepStrictEqual } from "node:util";
import type { Count, Guard, Live, LiveTable, RecordData, Session, Table } from "./state.ts";

type RefMap = Table<readonly { id: string; name?: string }[]>;

/** What a session makes of the live records, and what it counts by that. */
export function fold(live: LiveTable, { pages, end }: Session): { live: LiveTable; counts: Table<Count> } {
  const pushed: Record<string, Record<string, RecordData>> = {};
  const refs: Record<string, Record<string, RecordData>> = {};
  for (const { slug, records } of pages)
    for (const record of records) {
      // The later page wins; what an earlier one referred to has been told all the same.
      (pushed[slug] ??= {})[record.id] = record;
      for (const [target, list] of refsOf(record))
        for (const ref of list) (refs[target] ??= {})[ref.id] = { ...refs[target]?.[ref.id], ...ref };
    }

  const next: Record<string, Table<Live>> = {};
  const counts: Record<string, Count> = {};
  for (const slug of new Set([...Object.keys(live), ...Object.keys(pushed), ...Object.keys(refs)])) {
    const before: Table<Live> = live[slug] ?? {};
    const after: Record<string, Live> = { ...before };
    for (const [id, ref] of Object.entries(refs[slug] ?? {})) {
      const known = before[id];
      // A pushed record is never overwritten by a ref; a stub learns its name.
      const data = known?.isStub === false ? known.data : { ...known?.data, ...ref };
      after[id] = { data, isStub: known?.isStub ?? true, isActive: true };
    }
    for (const [id, data] of Object.entries(pushed[slug] ?? {})) after[id] = { data, isStub: false, isActive: true };
    if (end === "complete")
      for (const [id, record] of Object.entries(before))
        if (pushed[slug]?.[id] === undefined && refs[slug]?.[id] === undefined)
          after[id] = { ...record, isActive: false };
    next[slug] = after;
    counts[slug] = count(before, after, Object.keys(pushed[slug] ?? {}).length);
  }
  return { live: next, counts };
}

/** The counts that the removal guard objects to. */
export function suspicious(live: LiveTable, counts: Table<Count>, guard: Guard | null): Table<Count> {
  return Object.fromEntries(
    Object.entries(counts).filter(([slug, { removed }]) => {
      if (guard === null || removed === 0 || removed < guard.min_count) return false;
      const active = Object.values(live[slug] ?? {}).filter(({ isActive }) => isActive).length;
      return removed > active * guard.max_share || removed === active;
    }),
  );
}

/** A stub counts as created when it is pushed, and as removed; nothing else of it counts. */
function count(before: Table<Live>, after: Table<Live>, synced: number): Count {
  const result = { synced, created: 0, updated: 0, removed: 0 };
  for (const [id, now] of Object.entries(after)) {
    const was = before[id];
    if (was?.isActive === true && !now.isActive) result.removed += 1;
    if (now.isStub || !now.isActive) continue;
    if (was === undefined || was.isStub) result.created += 1;
    else if (!was.isActive || !isDeepStrictEqual(was.data, now.data)) result.updated += 1;
  }
  return result;
}

function refsOf({ memberships, assignments }: RecordData) {
  return [...Object.entries((memberships ?? {}) as RefMap), ...Object.entries((assignments ?? {}) as RefMap)];
}
