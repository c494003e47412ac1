import type { Change, LiveRecord, Ref, RefMap } from "@bridgekit/client";

/** A field that differs. A ref that was gained has no `before`, one that was lost no `after`. */
export interface FieldChange {
  /** Of the field or, for a ref, the slug of its type. */
  name: string;
  isRef: boolean;
  before: string | undefined;
  after: string | undefined;
}

/** What differs between a record before and after: its state, its fields, its refs, of which `known` have names. */
export function compareRecords(before: LiveRecord, after: LiveRecord, known: Change["ref_names"] = []): FieldChange[] {
  const changes: FieldChange[] = [];
  if (before.status !== after.status)
    changes.push({ name: "status", isRef: false, before: before.status, after: after.status });
  const { memberships: oldGroups, assignments: oldLicenses, ...oldFields } = before.data;
  const { memberships: newGroups, assignments: newLicenses, ...newFields } = after.data;
  for (const name of new Set([...Object.keys(oldFields), ...Object.keys(newFields)])) {
    const [one, other] = [toText(oldFields[name]), toText(newFields[name])];
    if (one !== other && name !== "status") changes.push({ name, isRef: false, before: one, after: other });
  }
  changes.push(...compareRefs(oldGroups, newGroups, known), ...compareRefs(oldLicenses, newLicenses, known));
  return changes;
}

function compareRefs(before: RefMap = {}, after: RefMap = {}, known: NonNullable<Change["ref_names"]>): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((slug) => {
    const [old, now] = [before[slug] ?? [], after[slug] ?? []];
    const lost = old.filter(({ id }) => !now.some((ref) => ref.id === id));
    const gained = now.filter(({ id }) => !old.some((ref) => ref.id === id));
    const change = (ref: Ref, isLost: boolean): FieldChange => {
      const name = ref.name ?? known.find(({ slug: of, id }) => of === slug && id === ref.id)?.name ?? ref.id;
      return { name: slug, isRef: true, before: isLost ? name : undefined, after: isLost ? undefined : name };
    };
    return lost.map((ref) => change(ref, true)).concat(gained.map((ref) => change(ref, false)));
  });
}

function toText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}
