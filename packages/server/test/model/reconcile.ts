import { isDeepStrictEqual } from "node:util";
import { inOrder, idsOf, type RefMap, refsOf } from "./refs.ts";
import type { Count, Guard, HeldLoss, Live, LiveTable, RecordData, Session, Table } from "./state.ts";
import { readPushed } from "./read-pushed.ts";

export const NONE: Count = { synced: 0, created: 0, updated: 0, removed: 0, gained: 0, lost: 0 };

/** What a session makes of the live records, and its counts. */
export function reconcile(live: LiveTable, { pages, end }: Session): { live: LiveTable; counts: Table<Count> } {
  const pushed = readPushed(pages);
  const refs: Record<string, Record<string, RecordData>> = {};
  // The refs of a replaced page count all the same.
  for (const record of pages.flatMap(({ records }) => records))
    for (const [target, list] of refsOf(record))
      for (const ref of list) (refs[target] ??= {})[ref.id] = { ...refs[target]?.[ref.id], ...ref };

  for (const [slug, records] of Object.entries(pushed))
    for (const [id, record] of Object.entries(records)) {
      const { whole, kept } = keepRefs(record, live[slug]?.[id]?.data);
      records[id] = whole;
      for (const [target, list] of Object.entries(kept))
        for (const ref of list) (refs[target] ??= {})[ref.id] ??= { id: ref.id };
    }

  const next: Record<string, Table<Live>> = {};
  const counts: Record<string, Count> = {};
  for (const slug of new Set([...Object.keys(live), ...Object.keys(pushed), ...Object.keys(refs)])) {
    const before: Table<Live> = live[slug] ?? {};
    const after: Record<string, Live> = { ...before };
    for (const [id, ref] of Object.entries(refs[slug] ?? {})) {
      const known = before[id];
      // A ref never overwrites a pushed record; a stub gets its name.
      const data = known?.isStub === false ? known.data : { ...known?.data, ...ref };
      after[id] = { data, isStub: known?.isStub ?? true, isActive: true };
    }
    for (const [id, data] of Object.entries(pushed[slug] ?? {}))
      if (!isUnchanged(before[id], data)) after[id] = { data, isStub: false, isActive: true };
    if (end === "complete")
      for (const [id, record] of Object.entries(before))
        if (pushed[slug]?.[id] === undefined && refs[slug]?.[id] === undefined)
          after[id] = { ...record, isActive: false };
    next[slug] = after;
    counts[slug] = { ...count(before, after, Object.keys(pushed[slug] ?? {}).length), gained: 0, lost: 0 };
  }
  // What the new records would lose if the old ones came back is what they gained.
  for (const { slug, lost: gained } of lostRefs(next, live)) Object.assign((counts[slug] ??= { ...NONE }), { gained });
  for (const { slug, lost } of lostRefs(live, next)) Object.assign((counts[slug] ??= { ...NONE }), { lost });
  return { live: next, counts };
}

/** A record whose refs only come in another order is unchanged. */
function isUnchanged(before: Live | undefined, data: RecordData): boolean {
  if (before === undefined || before.isStub || !before.isActive) return false;
  return isDeepStrictEqual(inOrder(before.data), inOrder(data));
}

/** What a completed session takes away and the removal guard objects to. */
export function suspicious(
  live: LiveTable,
  { reconciled, end }: { reconciled: { live: LiveTable; counts: Table<Count> }; end: Session["end"] },
  guard: Guard | null,
): HeldLoss[] {
  if (guard === null || end !== "complete") return [];
  const losses = [...lostRecords(live, reconciled.counts), ...lostRefs(live, reconciled.live)];
  return losses.filter(({ live: all, lost }) => {
    return lost > 0 && lost >= guard.min_count && (lost > all * guard.max_share || lost === all);
  });
}

function lostRecords(live: LiveTable, counts: Table<Count>): HeldLoss[] {
  return Object.entries(counts).map(([slug, { removed }]) => {
    const active = Object.values(live[slug] ?? {}).filter(({ isActive }) => isActive);
    return { slug, of: "records", live: active.length, lost: removed };
  });
}

/** For records that stay active, the refs that they no longer have. */
function lostRefs(before: LiveTable, after: LiveTable): HeldLoss[] {
  const losses: Record<string, HeldLoss> = {};
  for (const [slug, records] of Object.entries(before))
    for (const [id, { data, isActive }] of Object.entries(records)) {
      if (!isActive) continue;
      const now = after[slug]?.[id];
      const kept = now?.isActive === true ? idsOf(now.data) : undefined;
      for (const [target, ids] of Object.entries(idsOf(data)))
        for (const ref of ids) {
          const loss = (losses[target] ??= { slug: target, of: "refs", live: 0, lost: 0 });
          loss.live += 1;
          if (kept !== undefined && kept[target]?.has(ref) !== true) loss.lost += 1;
        }
    }
  return Object.values(losses);
}

/** A stub counts as created when it is pushed, and as removed, and nothing else. */
function count(before: Table<Live>, after: Table<Live>, synced: number): Omit<Count, "gained" | "lost"> {
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

/** The record with its previous refs of the slugs that it declares unknown. */
export function keepRefs({ unknown_refs: unknown, ...record }: RecordData, before: RecordData = { id: "" }) {
  const slugs = (unknown ?? []) as readonly string[];
  const kept = Object.fromEntries(refsOf(before).filter(([target]) => slugs.includes(target)));
  const whole: Record<string, unknown> = { ...record };
  for (const field of ["memberships", "assignments"]) {
    const now = (record[field] ?? {}) as RefMap;
    for (const [target, had] of Object.entries((before[field] ?? {}) as RefMap)) {
      if (kept[target] === undefined) continue;
      const added = (now[target] ?? []).filter(({ id }) => had.every((ref) => ref.id !== id));
      whole[field] = { ...(whole[field] as RefMap | undefined), [target]: [...had, ...added] };
    }
  }
  return { whole: whole as RecordData, kept };
}
